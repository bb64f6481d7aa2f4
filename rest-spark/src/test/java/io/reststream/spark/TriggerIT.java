package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.FeedRecord;
import io.reststream.testkit.Tail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TriggerIT {
  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options = new HashMap<>();
  private final Batches batches = new Batches();

  TriggerIT() {
    api.serve(
        Endpoint.at("/events")
            .since("since", "id")
            .pageSize(10)
            .data("data")
            .nextUrl("next", Tail.NULL));
    options.putAll(
        Map.of(
            "url", api.url("/events?since={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "pagination", "nextUrl",
            "streamingInterval", "50ms",
            "batchSize", "20"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private List<String> published() {
    return FeedRecord.texts(api.published());
  }

  private void run(Trigger trigger) throws Exception {
    LocalSpark.finish(batches.of(LocalSpark.stream(options), directory).trigger(trigger).start());
  }

  @Test
  void availableNowReadsOneCycleAndEnds() throws Exception {
    api.feed().appendEvents(45);
    run(Trigger.AvailableNow());

    assertThat(batches.sizes()).containsExactly(20, 20, 5);
    assertThat(api.requests()).hasSize(5);

    run(Trigger.AvailableNow());
    assertThat(batches.all()).isEqualTo(published());
  }

  @Test
  void availableNowWaitsThroughA429InTheMiddle() throws Exception {
    api.feed().appendEvents(45);
    api.afterAnswer(
        request -> {
          if (request.number() == 2) {
            api.fault(Fault.tooManyRequests("0.5"));
          }
        });

    run(Trigger.AvailableNow());

    assertThat(batches.all()).isEqualTo(published());
    assertThat(api.requests()).hasSize(6);
  }

  @Test
  void availableNowOnAFeedThatNeverEndsStopsAfterDrainTimeoutAndGoesOnTheNextTime()
      throws Exception {
    api.feed().appendEvents(11);
    api.afterAnswer(request -> api.feed().appendEvents(10));
    options.put("drainTimeout", "1");

    run(Trigger.AvailableNow());
    assertThat(batches.all()).hasSizeGreaterThan(20);
    run(Trigger.AvailableNow());

    assertThat(batches.all()).isEqualTo(published().subList(0, batches.all().size()));
  }

  @Test
  @SuppressWarnings("deprecation")
  void onceReadsOneCycleInOneBatchWhateverItsSize() throws Exception {
    api.feed().appendEvents(45);
    run(Trigger.Once());
    api.feed().appendEvents(3);
    run(Trigger.Once());

    assertThat(batches.sizes()).containsExactly(45, 3);
    assertThat(batches.all()).isEqualTo(published());
  }

  @Test
  void processingTimeAsksNoMoreOftenThanItsIntervalAllows() throws Exception {
    options.put("streamingInterval", "200ms");
    api.feed().appendEvents(5);
    long began = System.nanoTime();
    StreamingQuery query =
        batches
            .of(LocalSpark.stream(options), directory)
            .trigger(Trigger.ProcessingTime(Duration.ofMillis(10).toMillis()))
            .start();
    batches.await(5, query, LocalSpark.LIMIT);
    api.feed().appendEvents(5);
    batches.await(10, query, LocalSpark.LIMIT);
    api.awaitRequests(6, LocalSpark.LIMIT);
    int requests = api.requests().size();
    Duration passed = Duration.ofNanos(System.nanoTime() - began);
    query.stop();

    assertThat(requests).isLessThanOrEqualTo((int) passed.dividedBy(Duration.ofMillis(200)) + 2);
    assertThat(batches.all()).isEqualTo(published());
  }

  @Test
  void aWalkOverEmptyPagesMakesNoBatchAndIsNotWalkedAgain() throws Exception {
    api.serve(
        Endpoint.at("/walk")
            .data("data")
            .cursor("cursor", "next_cursor", Tail.MOVED)
            .emptyFirstPages(4));
    options.clear();
    options.putAll(
        Map.of(
            "url", api.url("/walk?cursor={offset}"),
            "offsetType", "cursor",
            "offsetField", "next_cursor",
            "initialOffset", "",
            "streamingInterval", "10ms"));

    for (int i = 0; i < 3; i++) {
      run(Trigger.AvailableNow());
    }

    assertThat(batches.byId()).isEmpty();
    assertThat(api.requests().stream().map(request -> request.param("cursor")))
        .as("each run goes on where the one before ended")
        .hasSize(3)
        .doesNotHaveDuplicates();
  }
}
