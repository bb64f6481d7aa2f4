package io.reststream.spark.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.Input;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputColumnsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true,false              | boolean | true, false",
        "1,-2                    | bigint  | 1, -2",
        "1,null,3                | bigint  | 1, null, 3",
        "9223372036854775807     | bigint  | 9223372036854775807",
        "9223372036854775808     | double  | 9.223372036854775808E18",
        "9223372036854775809     | string  | 9223372036854775809",
        "1,2.5                   | double  | 1.0, 2.5",
        "9007199254740993,2.5    | string  | 9007199254740993, 2.5",
        "\"a\",\"1\"             | string  | a, 1",
        "\"a\",1,true            | string  | a, 1, true",
        "{\"b\":[1]},[\"x\"]     | string  | {\"b\":[1]}, [\"x\"]",
        "null                    | string  | null"
      })
  void aColumnHasTheTypeThatHoldsAllItsValues(String values, String type, String shown) {
    List<Input> inputs = new ArrayList<>();
    int row = 0;
    for (String value : values.split(",(?![^\\[{]*[\\]}])")) {
      inputs.add(Input.parse("{\"row\":%d,\"c\":%s}".formatted(row++, value)));
    }

    StructField column = InputColumns.fields(inputs, List.of("c")).get(0);

    assertThat(column.dataType().simpleString()).isEqualTo(type);
    assertThat(
            String.join(
                ", ",
                inputs.stream()
                    .map(input -> String.valueOf(InputColumns.value(input, column)))
                    .toList()))
        .isEqualTo(shown.replace("9.223372036854775808E18", "9.223372036854776E18"));
  }

  /** Records of an input that was edited since are read under the types of the new inputs. */
  @ParameterizedTest
  @CsvSource({
    "1.75, 2, a number with a fraction, bigint",
    "99999999999999999999, 2, a whole number, bigint",
    "9007199254740993, 2.5, a whole number, double",
    "'\"abc\"', 2, text, bigint",
    "'\"abc\"', 2.5, text, double",
    "'\"x\"', true, text, boolean",
    "true, 1, a boolean, bigint",
    "[1], 1, a list or an object, bigint"
  })
  void aValueThatTheNewTypeCannotHoldExactlyIsAnErrorThatNamesTheColumn(
      String old, String current, String kind, String type) {
    Input edited = Input.parse("{\"n\":" + old + "}");
    Rows rows =
        RowFormat.untyped(
                InputColumns.fields(List.of(Input.parse("{\"n\":" + current + "}")), List.of("n")))
            .rows();

    assertThatThrownBy(() -> rows.origin(edited, null))
        .isInstanceOf(RestException.class)
        .hasMessage(
            "The page log holds records of an input whose column 'n' is %s, but the column is of type %s now that 'inputData' has changed, which cannot hold it exactly. Restore 'inputData' until these records are delivered."
                .formatted(kind, type));
  }

  @Test
  void aValueThatTheNewTypeHoldsExactlyIsReadAsOne() {
    StructField real =
        InputColumns.fields(List.of(Input.parse("{\"n\":2.5}")), List.of("n")).get(0);

    assertThat(InputColumns.value(Input.parse("{\"n\":4}"), real)).isEqualTo(4.0);
  }

  @Test
  void theColumnsStandInTheOrderInWhichTheyFirstAppearAndTheRecordAfterThem() {
    RestConfig config =
        RestConfig.parse(
            Map.of("url", "http://api", "inputData", "[{\"z\":1,\"a\":2},{\"m\":3,\"a\":4}]"),
            ReadMode.STREAM);

    assertThat(
            RowFormat.untyped(InputColumns.fields(config.inputs(), config.inputColumns()))
                .columns()
                .fieldNames())
        .containsExactly("z", "a", "m", "output");
  }

  @Test
  void aRowHasOnlyTheColumnsThatWereAskedFor() {
    Input input = Input.parse("{\"tenant\":\"ä\",\"n\":7}");
    byte[] page = "[{\"x\":\"✓\"}]".getBytes(StandardCharsets.UTF_8);
    StructType pruned =
        new StructType().add("output", DataTypes.StringType).add("n", DataTypes.LongType);

    Rows rows = new RowFormat(pruned, Set.of("tenant", "n"), null).rows();
    rows.origin(input, null);

    InternalRow row = rows.row(page, 1, page.length - 2);

    assertThat(row.numFields()).isEqualTo(2);
    assertThat(row.getUTF8String(0).toString()).isEqualTo("{\"x\":\"✓\"}");
    assertThat(row.getLong(1)).isEqualTo(7);
    Rows none = new RowFormat(new StructType(), Set.of(), null).rows();
    assertThat(none.row(page, 0, 1).numFields()).isZero();
  }
}
