package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.FeedRecord;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StreamIT {
  @TempDir Path directory;

  @Test
  void aRestartFromTheCheckpointGoesOnWithoutLossOrRepeat() throws Exception {
    try (FakeApi api = FakeApi.start()) {
      api.serve(Endpoint.at("/items").since("start_id", "id").pageSize(10));
      api.feed().appendEvents(25);
      Map<String, String> options = options(api);

      LocalSpark.drainToParquet(options, directory);
      assertThat(LocalSpark.outputs(directory))
          .containsExactlyInAnyOrderElementsOf(FeedRecord.texts(api.published()));

      api.feed().appendEvents(30);
      LocalSpark.drainToParquet(options, directory);
      assertThat(LocalSpark.outputs(directory))
          .containsExactlyInAnyOrderElementsOf(FeedRecord.texts(api.published()));
    }
  }

  private static Map<String, String> options(FakeApi api) {
    return Map.of(
        "url", api.url("/items?start_id={id}"),
        "offsetType", "incremental",
        "offsetField", "id",
        "streamingInterval", "50ms",
        "pageSize", "10");
  }
}
