package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.ExplainMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Spark prints of a read. */
@Timeout(300)
class SecretsIT {
  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options;

  SecretsIT() {
    api.serve(Endpoint.at("/items").since("start_id", "id"));
    api.feed().appendEvents(1);
    options =
        Map.of(
            "url", api.url("/items?start_id={id}&api_key=SECRET"),
            "offsetType", "incremental",
            "offsetField", "id");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aPlanShowsTheUrlWithoutThem() {
    assertThat(plan(LocalSpark.batch(options)))
        .contains("/items?start_id={id}&api_key=****")
        .doesNotContain("SECRET");
    assertThat(plan(LocalSpark.stream(options))).doesNotContain("SECRET");
  }

  private static String plan(Dataset<Row> data) {
    return data.queryExecution().explainString(ExplainMode.fromString("extended"));
  }

  @Test
  void theProgressOfAQueryShowsTheUrlWithoutThem() throws Exception {
    StreamingQuery query =
        new Batches()
            .of(LocalSpark.stream(options), directory)
            .trigger(Trigger.AvailableNow())
            .start();
    LocalSpark.finish(query);

    assertThat(query.lastProgress().sources()[0].description())
        .endsWith("/items?start_id={id}&api_key=****");
    assertThat(query.lastProgress().json()).doesNotContain("SECRET");
  }
}
