package io.reststream.flink.old;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.RestException;
import io.reststream.flink.RestAsyncFunction;
import io.reststream.flink.RestSource;
import io.reststream.flink.deserializer.RestDeserializer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Flink that is too old says so, and not that some method is missing. */
@Tag("matrix")
class TooOldIT {
  private static final String URL = "http://127.0.0.1:1/events?since={timestamp}";
  private static final String REFUSAL =
      "Flink 1.19.3 is too old. Supported are Flink 1.20 and 2.0 to 2.3.";

  @Test
  void aSourceIsRefused() {
    var source = RestSource.<String>builder().url(URL).deserializer(RestDeserializer.string());
    assertThatThrownBy(source::build).isInstanceOf(RestException.class).hasMessage(REFUSAL);
  }

  @Test
  void aFunctionIsRefused() {
    var function =
        RestAsyncFunction.<String, String>builder()
            .url("http://127.0.0.1:1/{id}")
            .input("id", id -> id)
            .result(answer -> answer.output(), Types.STRING);
    assertThatThrownBy(function::build).isInstanceOf(RestException.class).hasMessage(REFUSAL);
  }

  @Test
  void aTableIsRefused() {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    tables.executeSql(
        "CREATE TABLE events (id STRING) WITH ('connector' = 'rest', 'url' = '%s')".formatted(URL));
    assertThatThrownBy(() -> tables.executeSql("SELECT * FROM events"))
        .isInstanceOf(ValidationException.class)
        .hasStackTraceContaining(REFUSAL);
  }
}
