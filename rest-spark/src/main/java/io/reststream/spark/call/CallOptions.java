package io.reststream.spark.call;

import io.reststream.core.config.OnError;
import io.reststream.core.config.Option;
import io.reststream.core.config.OptionType;
import io.reststream.core.config.OptionTypes;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** The options of calls that only Spark has, beside those of the core. */
public final class CallOptions {
  public static final Option<OnError> ON_ERROR = OnError.OPTION;
  public static final Option<String> RESPONSE_SCHEMA =
      Option.of(
          "responseSchema",
          new OptionType<>(
              "a schema such as 'id BIGINT, name STRING' or 'ARRAY<STRUCT<id: BIGINT>>'",
              CallOptions::readable),
          "The type of the column 'output', as DDL; Spark's from_json reads the answers as it. Not"
              + " set: the answer's text.");
  public static final Option<String> INPUT =
      Option.of(
          "input",
          OptionTypes.text(),
          "A view or table, in place of inputData: the API is asked for each of its rows, in the"
              + " tasks of its partitions.");
  public static final Option<Integer> PARTITIONS =
      Option.of(
          "partitions",
          OptionTypes.integer(1),
          "Over how many tasks the rows of a batch read are spread, in their order. Not set: the"
              + " partitions of input; for inputData as many as there are rows, up to the number"
              + " of cores.");
  public static final Option<Boolean> CALL_STRICTLY_ONCE =
      Option.of(
          "callStrictlyOnce",
          OptionTypes.yesOrNo(),
          "false",
          "Whether what a batch read got is kept in Spark's storage for as long as its DataFrame is"
              + " used, so that a second action does not ask again.");

  /** What a call per row takes. */
  public static final List<Option<?>> OF_CALLS = List.of(ON_ERROR, RESPONSE_SCHEMA);

  /** What a function takes, whose value is text. */
  public static final List<Option<?>> OF_FUNCTIONS = List.of(ON_ERROR);

  /** What a batch read takes, which each of them makes a read of calls. */
  public static final List<Option<?>> OF_READS =
      List.of(INPUT, PARTITIONS, ON_ERROR, CALL_STRICTLY_ONCE);

  private CallOptions() {}

  /** Whether a read is one of calls, since an option of such a read is given. */
  public static boolean meanCalls(Map<String, String> options) {
    return !thatMeanCalls(options).isEmpty();
  }

  /** Which of the options that are given make a read one of calls. */
  public static List<Option<?>> thatMeanCalls(Map<String, String> options) {
    return OF_READS.stream().filter(option -> option.isIn(options)).toList();
  }

  private static @Nullable String readable(String ddl) {
    try {
      DataType unused = DataType.fromDDL(ddl);
      return ddl;
    } catch (Exception e) { // Spark's own is a checked one that it does not declare
      return null;
    }
  }
}
