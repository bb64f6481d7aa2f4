package io.reststream.spark.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.spark.read.InputColumns;
import io.reststream.spark.read.RowFormat;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many requests the server of a stream of many inputs sees at once. */
@Timeout(60)
class RequestsUnderWayTest {
  private static final int INPUTS = 40;

  @TempDir Path checkpoint;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20})
  void asManyAsTheOptionSays(int most) {
    assertThat(mostAtOnce(most, Map.of("maxConcurrentRequests", Integer.toString(most))))
        .isEqualTo(most);
  }

  @Test
  void eightWhereItSaysNothing() {
    assertThat(mostAtOnce(8, Map.of())).isEqualTo(8);
  }

  /** Answers nobody until so many ask. */
  private int mostAtOnce(int awaited, Map<String, String> limit) {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch asked = new CountDownLatch(awaited);
    try (FakeApi api = FakeApi.start()) {
      api.serve(
          "/items",
          request -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            asked.countDown();
            boolean enough = await(asked);
            open.decrementAndGet();
            return enough ? Answer.json("[{\"id\":1}]") : Answer.status(400);
          });
      Map<String, String> options = new HashMap<>(limit);
      options.putAll(
          Map.of(
              "url", api.url("/items?n={n}&start_id={id}"),
              "offsetType", "incremental",
              "offsetField", "id",
              "batchSize", "1000",
              "inputData",
                  IntStream.range(0, INPUTS)
                      .mapToObj("{\"n\":%d}"::formatted)
                      .collect(Collectors.joining(",", "[", "]"))));
      drain(RestConfig.parse(options, ReadMode.STREAM));
    }
    return most.get();
  }

  private void drain(RestConfig config) {
    RestMicroBatchStream stream =
        RestMicroBatchStream.open(
            config,
            new RestMicroBatchStream.Settings(2, Optional.empty()),
            RowFormat.untyped(InputColumns.fields(config.inputs(), config.inputColumns())),
            checkpoint.resolve("sources/0").toUri().toString(),
            new Configuration(false));
    try {
      stream.prepareForTriggerAvailableNow();
      Offset end = stream.latestOffset(stream.initialOffset(), stream.getDefaultReadLimit());
      assertThat(stream.metrics(Optional.of(end)))
          .containsEntry("records", Integer.toString(INPUTS))
          .containsEntry("pendingRecords", "0");
    } finally {
      stream.stop();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
