package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.FeedRecord;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One stream of 10,000 inputs: its offsets stay small, and no input is forgotten. */
@Tag("full")
@Timeout(1200)
class ManyInputsIT {
  private static final int INPUTS = 10_000;

  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options = new HashMap<>();
  private final Batches batches = new Batches();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aStreamOfTenThousandInputsLosesNothingAndKeepsItsOffsetsSmall() throws Exception {
    api.serve(Endpoint.at("/{tenant}").feedNamedBy("tenant").since("start_id", "id"));
    append(1, "first");
    append(1, "second");
    options.putAll(
        Map.of(
            "url", api.url("/{tenant}?start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "streamingInterval", "10ms",
            "batchSize", "5000",
            "inputData",
                IntStream.range(0, INPUTS)
                    .mapToObj(i -> "{\"tenant\":\"t%d\"}".formatted(i))
                    .collect(Collectors.joining(",", "[", "]"))));

    StreamingQueryProgress[] first = drain();
    append(100, "third");
    StreamingQueryProgress[] second = drain();
    append(1, "fourth");
    StreamingQueryProgress[] third = drain();

    assertThat(batches.all())
        .containsExactlyInAnyOrderElementsOf(FeedRecord.texts(api.published()));
    print("10,000 inputs with 2 records each", first);
    print("a restart, 100 of them with 1 more", second);
    print("a restart, all of them with 1 more", third);
  }

  /** Appends a record to every n-th feed. */
  private void append(int step, String text) {
    for (int i = 0; i < INPUTS; i += step) {
      String name = "t" + i;
      int id = api.feed(name).published().size() + 1;
      api.feed(name).append("{\"id\":%d,\"of\":\"%s\",\"text\":\"%s\"}".formatted(id, name, text));
    }
  }

  private StreamingQueryProgress[] drain() throws Exception {
    StreamingQuery query =
        batches.of(LocalSpark.stream(options), directory).trigger(Trigger.AvailableNow()).start();
    LocalSpark.finish(query);
    StreamingQueryProgress[] progress = query.recentProgress();
    assertThat(progress)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.sources()[0].endOffset()).hasSizeLessThan(200));
    return progress;
  }

  private static void print(String what, StreamingQueryProgress[] progress) {
    List<Double> seconds =
        Arrays.stream(progress)
            .map(it -> it.durationMs().get("triggerExecution") / 1000.0)
            .toList();
    System.out.printf(
        "%s: first batch %.1f s, later batches %s s%n",
        what, seconds.get(0), seconds.subList(1, seconds.size()));
  }
}
