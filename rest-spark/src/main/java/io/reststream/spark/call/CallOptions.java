package io.reststream.spark.call;

import io.reststream.core.config.OnError;
import io.reststream.core.config.Option;
import io.reststream.core.config.OptionType;
import io.reststream.core.config.OptionTypes;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** The options of calls that only Spark has, beside those of the core. */
public final class CallOptions {
  public static final Option<OnError> ON_ERROR =
      Option.of(
          "onError",
          OptionTypes.oneOf(OnError.class),
          "fail",
          "What follows a call that failed for good: the job fails; its row has no answer, but the"
              + " column 'error' says why; or its row is left out.");
  public static final Option<String> RESPONSE_SCHEMA =
      Option.of(
          "responseSchema",
          new OptionType<>(
              "a schema such as 'id BIGINT, name STRING' or 'ARRAY<STRUCT<id: BIGINT>>'",
              CallOptions::readable),
          "The type of the column 'output', as DDL; Spark's from_json reads the answers as it. Not"
              + " set: the answer's text.");

  /** What a call per row takes. */
  public static final List<Option<?>> OF_CALLS = List.of(ON_ERROR, RESPONSE_SCHEMA);

  /** What a function takes, whose value is text. */
  public static final List<Option<?>> OF_FUNCTIONS = List.of(ON_ERROR);

  private CallOptions() {}

  private static @Nullable String readable(String ddl) {
    try {
      DataType unused = DataType.fromDDL(ddl);
      return ddl;
    } catch (Exception e) { // Spark's own is a checked one that it does not declare
      return null;
    }
  }
}
