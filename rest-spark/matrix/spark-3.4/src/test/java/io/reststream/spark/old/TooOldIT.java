package io.reststream.spark.old;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.RestException;
import io.reststream.spark.RestApi;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Spark that is too old says so, and not that some method is missing. */
@Tag("matrix")
class TooOldIT {
  private static final String URL = "http://127.0.0.1:1/events?since={timestamp}";
  private static final String REFUSAL =
      "Spark 3.4.4 is too old. Supported are Spark 3.5 with Scala 2.12 or 2.13 and 4.0 to 4.2 with Scala 2.13.";
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[1]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.warehouse.dir", Path.of("target", "warehouse").toUri().toString())
          .getOrCreate();

  @AfterAll
  static void stop() {
    SPARK.stop();
  }

  private static void assertRefused(ThrowingCallable read) {
    assertThatThrownBy(read).isInstanceOf(RestException.class).hasMessage(REFUSAL);
  }

  @Test
  void aStreamIsRefused() {
    assertRefused(() -> SPARK.readStream().format("rest").option("url", URL).load());
    assertRefused(
        () -> SPARK.readStream().format("rest").schema("id LONG").option("url", URL).load());
  }

  @Test
  void aBatchIsRefused() {
    assertRefused(() -> SPARK.read().format("rest").option("url", URL).load());
    assertRefused(() -> SPARK.read().format("rest").schema("id LONG").option("url", URL).load());
  }

  @Test
  void aTableIsRefused() {
    var unused =
        SPARK.sql("CREATE TABLE events (id LONG) USING rest OPTIONS (url '%s')".formatted(URL));
    assertThatThrownBy(() -> SPARK.table("events").count()).hasRootCauseMessage(REFUSAL);
  }

  @Test
  void callsAreRefused() {
    Map<String, String> options = Map.of("url", "http://127.0.0.1:1/{id}");
    assertRefused(() -> RestApi.call(SPARK.range(1).toDF(), options));
    assertRefused(() -> RestApi.register(SPARK, "call", options));
  }
}
