package io.reststream.spark.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.spark.LocalSpark;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What does the page log cost? The same stream over loopback, 1,000 records of about 135 bytes per
 * page, with the page log on the local disk and without any writing, in turn. The answer is the
 * throughput of the first over that of the second.
 */
@Tag("full")
@Timeout(1200)
class PageLogOverheadIT {
  private static final int RECORDS_PER_PAGE = 1000;
  private static final int BATCHES = 50;
  private static final int ROUNDS = 5;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path directory;
  private int pages;
  private int runs;

  @ParameterizedTest
  @ValueSource(ints = {1_000, 5_000})
  void theStreamIsHardlySlowerForItsPageLog(int batchSize) throws Exception {
    pages = BATCHES * batchSize / RECORDS_PER_PAGE;
    List<Answer> answers =
        IntStream.range(0, pages).mapToObj(page -> Answer.json(page(page))).toList();
    try (FakeApi api = FakeApi.start()) {
      api.serve(
          "/items",
          request -> {
            int page = (Integer.parseInt(request.params().get("from")) - 1) / RECORDS_PER_PAGE;
            return page < pages ? answers.get(page) : Answer.json("[]");
          });
      Map<String, String> options =
          Map.of(
              "url",
              api.url("/items?from={id}"),
              "offsetType",
              "incremental",
              "offsetField",
              "id",
              "initialOffset",
              "1",
              "pageSize",
              Integer.toString(RECORDS_PER_PAGE),
              "batchSize",
              Integer.toString(batchSize));
      List<Double> logged = new ArrayList<>();
      List<Double> unlogged = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round <= ROUNDS; round++) {
        boolean first = round % 2 == 0;
        double one = throughput(first, options);
        double other = throughput(!first, options);
        if (round > 0) {
          logged.add(first ? one : other);
          unlogged.add(first ? other : one);
          ratios.add(first ? one / other : other / one);
        }
      }
      System.out.printf(
          "%,d records per batch: %,.0f records/s with the page log, %,.0f without; %.2f (%s)%n",
          batchSize, median(logged), median(unlogged), median(ratios), ratios);
      assertThat(median(ratios))
          .as("aimed at 0.9, on a machine that does nothing else")
          .isGreaterThan(0.75);
    }
  }

  private static String page(int page) {
    StringBuilder records = new StringBuilder("[");
    for (int i = 1; i <= RECORDS_PER_PAGE; i++) {
      int id = page * RECORDS_PER_PAGE + i;
      records
          .append(i == 1 ? "" : ",")
          .append("{\"id\":%d,\"user\":\"user-%06d\",\"action\":\"viewed\",".formatted(id, id))
          .append("\"ok\":true,\"amount\":%d.25,\"at\":\"2024-05-01T12:00:00Z\",".formatted(i))
          .append("\"tags\":[\"a\",\"b\"]}");
    }
    return records.append("]").toString();
  }

  /** Records per second of one run over all pages, from its first batch to its last. */
  private double throughput(boolean logged, Map<String, String> options) throws Exception {
    long began = System.nanoTime();
    StreamingQuery query =
        LocalSpark.session()
            .readStream()
            .format(logged ? "rest" : UnloggedProvider.class.getName())
            .options(options)
            .load()
            .writeStream()
            .format("noop")
            .option("checkpointLocation", directory.resolve("run-" + ++runs).toString())
            .trigger(Trigger.AvailableNow())
            .start();
    try {
      assertThat(query.awaitTermination(LIMIT.toMillis())).isTrue();
    } finally {
      query.stop();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    long records = (long) pages * RECORDS_PER_PAGE;
    assertThat(query.lastProgress().sources()[0].metrics())
        .containsEntry("records", Long.toString(records))
        .containsEntry("pendingRecords", "0");
    return records / (took.toNanos() / 1e9);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
