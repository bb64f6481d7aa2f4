package io.reststream.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.offset.RecordKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordKeysTest {

  private static List<RecordKey> keys(String fields, String json) throws ShapeException {
    List<FieldPath> paths =
        fields.isEmpty()
            ? List.of()
            : Arrays.stream(fields.split(",")).map(FieldPath::parse).toList();
    RecordKeys keys = new RecordKeys(paths);
    ScannedPage page =
        new RecordScanner(null, FieldPath.parse("ts"), null, PageFields.NONE, List.of())
            .scan(json.getBytes(UTF_8), false);
    List<RecordKey> all = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      all.add(keys.key(page, i));
    }
    return all;
  }

  private static void assertEqual(String fields, String json) throws ShapeException {
    assertThat(keys(fields, json)).hasSizeGreaterThan(1).containsOnly(keys(fields, json).get(0));
  }

  private static void assertDifferent(String fields, String json) throws ShapeException {
    assertThat(keys(fields, json)).hasSizeGreaterThan(1).doesNotHaveDuplicates();
  }

  @Test
  void withoutFieldsAllBytesCount() throws ShapeException {
    assertEqual("", "[{\"id\":1,\"ts\":5}, {\"id\":1,\"ts\":5}]");
    assertDifferent("", "[{\"id\":1},{\"id\": 1},{\"id\":2},1,\"1\",[1]]");
  }

  @Test
  void fieldsAndTheOffsetCount() throws ShapeException {
    assertEqual("id", "[{\"id\":1,\"ts\":5,\"x\":1},{\"x\":[2],\"ts\":5,\"id\":1}]");
    assertDifferent(
        "id", "[{\"id\":1,\"ts\":5},{\"id\":1,\"ts\":6},{\"id\":2,\"ts\":5},{\"id\":1}]");
    assertDifferent(
        "id", "[{\"id\":1},{\"id\":\"1\"},{\"id\":[1]},{\"id\":{\"a\":1}},{\"id\":\"\"}]");
  }

  @Test
  void fieldsDoNotRunIntoOneAnother() throws ShapeException {
    assertDifferent("a,b", "[{\"a\":1,\"b\":12},{\"a\":11,\"b\":2},{\"a\":12,\"b\":1}]");
    assertEqual("a,b.c", "[{\"a\":1,\"b\":{\"c\":2,\"d\":3}},{\"b\":{\"x\":[],\"c\":2},\"a\":1}]");
  }

  @Test
  void fieldsMayStandInArrays() throws ShapeException {
    assertEqual("/0,2.1", "[[\"a\",1,[2,3]],[\"a\",[9],[4,3],5]]");
    assertDifferent("/0,2.1", "[[\"a\",1,[2,3]],[\"b\",1,[2,3]],[\"a\",1,[2,4]]]");
  }

  @Test
  void keyOfOneRecordDoesNotDependOnTheOneBefore() throws ShapeException {
    assertThat(keys("id", "[{\"id\":1},{\"id\":2}]").get(1))
        .isEqualTo(keys("id", "[{\"id\":2}]").get(0));
  }

  @Test
  void recordWithoutAKeyFieldIsAnError() {
    for (String record : List.of("{\"ts\":1}", "{\"ts\":1,\"id\":null}")) {
      assertThatThrownBy(() -> keys("id", "[" + record + "]"))
          .isInstanceOf(ShapeException.class)
          .hasMessageStartingWith(
              "has a record without the field 'id' (option 'keyField'); its fields are: ts");
    }
    assertThatThrownBy(() -> keys("id", "[[1]]"))
        .hasMessage("has a record without the field 'id' (option 'keyField'); it is an array");
    assertThatThrownBy(() -> keys("/1", "[[1]]"))
        .hasMessage("has a record without the field '1' (option 'keyField'); it is an array");
  }
}
