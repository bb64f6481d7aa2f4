package io.reststream.spark.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.PositionException;
import io.reststream.core.ReadMode;
import io.reststream.core.RequestException;
import io.reststream.core.RestConfig;
import io.reststream.spark.log.PageLogException;
import io.reststream.spark.read.InputColumns;
import io.reststream.spark.read.RowFormat;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.FeedRecord;
import io.reststream.testkit.Gate;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream as Spark calls it, without Spark. */
@Timeout(60)
class RestMicroBatchStreamTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path checkpoint;
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options = new HashMap<>();
  private final List<RestMicroBatchStream> streams = new ArrayList<>();

  @BeforeEach
  void serveItems() {
    api.serve(Endpoint.at("/items").since("start_id", "id"));
    options.putAll(
        Map.of(
            "url", api.url("/items?start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "streamingInterval", "1ms",
            "batchSize", "10"));
  }

  @AfterEach
  void close() {
    streams.forEach(RestMicroBatchStream::stop);
    api.close();
  }

  private RestMicroBatchStream start() {
    RestConfig config = RestConfig.parse(options, ReadMode.STREAM);
    RowFormat rows = RowFormat.untyped(InputColumns.fields(config.inputs(), config.inputColumns()));
    RestMicroBatchStream stream =
        RestMicroBatchStream.open(
            config,
            new RestMicroBatchStream.Settings(2, Optional.empty()),
            rows,
            checkpoint.resolve("sources/0").toUri().toString(),
            new Configuration(false));
    streams.add(stream);
    return stream;
  }

  /** The next offset, as a trigger asks for it. */
  private static Offset next(RestMicroBatchStream stream, Offset start) {
    return stream.latestOffset(start, stream.getDefaultReadLimit());
  }

  /** The next offset that is another one. */
  private static Offset await(RestMicroBatchStream stream, Offset start) {
    Offset next = next(stream, start);
    while (next == null || next.equals(start)) {
      next = next(stream, start);
    }
    return next;
  }

  private static List<String> rows(RestMicroBatchStream stream, Offset start, Offset end)
      throws IOException {
    PartitionReaderFactory factory = stream.createReaderFactory();
    List<String> rows = new ArrayList<>();
    for (InputPartition partition : stream.planInputPartitions(start, end)) {
      try (PartitionReader<InternalRow> reader = factory.createReader(partition)) {
        while (reader.next()) {
          InternalRow row = reader.get();
          rows.add(row.getUTF8String(row.numFields() - 1).toString());
        }
      }
    }
    return rows;
  }

  private List<String> published(int from, int to) {
    return FeedRecord.texts(api.published()).subList(from, to);
  }

  @Test
  void aPageLargerThanABatchIsDeliveredOverSeveralAndAskedForOnce() throws Exception {
    api.feed().appendEvents(25);
    RestMicroBatchStream stream = start();

    Offset start = stream.initialOffset();
    Offset first = next(stream, start);
    Offset second = next(stream, first);
    Offset third = next(stream, second);

    assertThat(rows(stream, start, first)).isEqualTo(published(0, 10));
    assertThat(rows(stream, first, second)).isEqualTo(published(10, 20));
    assertThat(rows(stream, second, third)).isEqualTo(published(20, 25));
    assertThat(next(stream, third)).isEqualTo(third);
    assertThat(rows(stream, start, third)).isEqualTo(published(0, 25));
  }

  @Test
  void aBatchIsTheSameHoweverOftenItIsPlannedAndRead() throws Exception {
    api.feed().appendEvents(5);
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();
    Offset end = next(stream, start);
    int requests = api.requests().size();

    for (int i = 0; i < 6; i++) {
      assertThat(rows(stream, start, end)).isEqualTo(published(0, 5));
    }
    InputPartition partition = stream.planInputPartitions(start, end)[0];
    PartitionReaderFactory factory = stream.createReaderFactory();
    try (PartitionReader<InternalRow> one = factory.createReader(partition);
        PartitionReader<InternalRow> speculative = factory.createReader(partition)) {
      assertThat(one.next()).isTrue();
      assertThat(speculative.next()).isTrue();
      assertThat(one.get()).isEqualTo(speculative.get());
    }
    assertThat(api.requests().size()).isLessThanOrEqualTo(requests + 1);
    assertThat(rows(start(), start, end)).as("after a restart").isEqualTo(published(0, 5));
  }

  @Test
  void theInitialOffsetIsTheBeginningAlwaysAndAfterARestartToo() {
    RestMicroBatchStream stream = start();
    api.feed().appendEvents(3);
    Offset initial = stream.initialOffset();
    await(stream, initial);

    assertThat(stream.initialOffset()).isEqualTo(initial);
    assertThat(start().initialOffset()).isEqualTo(initial);
    assertThat(initial.json()).matches("\\{\"log\":\"[0-9a-f-]{36}\",\"segment\":0,\"record\":0}");
    assertThat(stream.deserializeOffset(initial.json())).isEqualTo(initial);
  }

  @Test
  void whatWasAppendedButNeverOfferedIsDeliveredOnceThoughTheApiAnswersDifferentlyNow()
      throws Exception {
    api.feed().appendEvents(8);
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();
    Offset lost = next(stream, start);
    stream.stop();
    api.serve(Endpoint.at("/items").since("start_id", "id").pageSize(3).rechunked(7));
    api.feed().appendEvents(4);

    RestMicroBatchStream again = start();
    Offset first = next(again, start);
    assertThat(first).isEqualTo(lost);
    assertThat(rows(again, start, first)).isEqualTo(published(0, 8));
    List<String> rest = new ArrayList<>();
    for (Offset at = first; rest.size() < 4; ) {
      Offset end = await(again, at);
      rest.addAll(rows(again, at, end));
      at = end;
    }
    assertThat(rest).isEqualTo(published(8, 12));
  }

  @Test
  void allThatIsAvailableIsOneCycleOfEachInput() throws Exception {
    api.serve(
        Endpoint.at("/items")
            .since("start_id", "id")
            .pageSize(7)
            .data("data")
            .nextUrl("next", io.reststream.testkit.Tail.NULL));
    options.put("pagination", "nextUrl");
    api.feed().appendEvents(50);
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();

    Offset end = stream.latestOffset(start, ReadLimit.allAvailable());

    assertThat(rows(stream, start, end)).isEqualTo(published(0, 50));
    assertThat(api.requests()).hasSize(8);
  }

  @Test
  void availableNowWaitsForARetryAndThenEnds() throws Exception {
    api.feed().appendEvents(15);
    api.fault(Fault.tooManyRequests("0.2"));
    options.put("streamingInterval", "1h");
    RestMicroBatchStream stream = start();
    stream.prepareForTriggerAvailableNow();

    Offset start = stream.initialOffset();
    Offset first = next(stream, start);
    Offset second = next(stream, first);

    assertThat(rows(stream, start, second)).isEqualTo(published(0, 15));
    assertThat(next(stream, second)).isEqualTo(second);
    assertThat(api.pendingFaults()).isZero();
  }

  @Test
  void aSecondRunOfAvailableNowReadsAtOnceWhateverTheInterval() throws Exception {
    options.put("streamingInterval", "1h");
    api.feed().appendEvents(3);
    RestMicroBatchStream first = start();
    first.prepareForTriggerAvailableNow();
    Offset start = first.initialOffset();
    Offset end = next(first, start);
    first.stop();
    api.feed().appendEvents(3);

    RestMicroBatchStream second = start();
    second.prepareForTriggerAvailableNow();
    Offset again = next(second, end);

    assertThat(rows(second, end, again)).isEqualTo(published(3, 6));
    assertThat(next(second, again)).isEqualTo(again);
  }

  @Test
  void aRunOfAvailableNowThatBeginsWithinACycleReadsTheNextOneAtOnceToo() throws Exception {
    api.serve(
        Endpoint.at("/items")
            .since("start_id", "id")
            .pageSize(7)
            .data("data")
            .nextUrl("next", io.reststream.testkit.Tail.NULL));
    options.put("pagination", "nextUrl");
    options.put("streamingInterval", "1h");
    options.put("batchSize", "5");
    api.feed().appendEvents(30);
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();
    await(stream, start);
    stream.stop();

    RestMicroBatchStream draining = start();
    draining.prepareForTriggerAvailableNow();
    Offset end = start;
    for (Offset next = next(draining, end); !next.equals(end); next = next(draining, end)) {
      end = next;
    }

    assertThat(rows(draining, start, end)).isEqualTo(published(0, 30));
  }

  @Test
  void itsDescriptionHoldsNoSecret() {
    options.put("url", api.url("/items?api_key=SECRET&start_id={id}"));

    assertThat(start()).hasToString("rest " + api.url("/items?api_key=****&start_id={id}"));
  }

  @Test
  void inputsKeepTheirPositionsByContentWhileRowsAreReorderedAddedAndRemoved() throws Exception {
    api.serve(Endpoint.at("/{tenant}").feedNamedBy("tenant").since("start_id", "id"));
    api.feed("a").appendEvents(2);
    api.feed("b").appendEvents(2);
    api.feed("c").appendEvents(2);
    options.put("url", api.url("/{tenant}?start_id={id}"));
    options.put("inputData", "[{\"tenant\":\"a\",\"n\":1},{\"tenant\":\"b\",\"n\":2}]");
    List<String> delivered = new ArrayList<>();
    Offset at = start().initialOffset();
    for (String rows :
        List.of(
            "[{\"tenant\":\"a\",\"n\":1},{\"tenant\":\"b\",\"n\":2}]",
            "[{\"n\":2,\"tenant\":\"b\"},{\"tenant\":\"c\",\"n\":3}]",
            "[{\"tenant\":\"c\",\"n\":3},{\"tenant\":\"a\",\"n\":1}]")) {
      options.put("inputData", rows);
      RestMicroBatchStream stream = start();
      Offset end = stream.latestOffset(at, ReadLimit.allAvailable());
      delivered.addAll(rows(stream, at, end));
      stream.stop();
      at = end;
    }

    assertThat(delivered).containsExactlyInAnyOrderElementsOf(published(0, 6));
  }

  @Test
  void theOffsetStaysSmallWithManyInputs() throws Exception {
    options.put(
        "inputData",
        IntStream.range(0, 1_000).mapToObj(i -> "{\"tenant\":" + i + "}").toList().toString());
    api.feed().appendEvents(1);
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();

    Offset end = stream.latestOffset(start, ReadLimit.allAvailable());

    assertThat(rows(stream, start, end)).hasSize(1_000);
    assertThat(end.json()).hasSizeLessThan(100);
    stream.stop();
    Offset same = start().latestOffset(end, ReadLimit.allAvailable());
    assertThat(same).as("each input goes on from its own position").isEqualTo(end);
  }

  @Test
  void aFailedRequestIsTheErrorOfTheQueryAndThePositionStays() throws Exception {
    options.put("maxRetries", "0");
    api.feed().appendEvents(3);
    api.fault(Fault.status(404).body("no such items"));
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();

    assertThatThrownBy(() -> next(stream, start))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("was answered with status 404: no such items");

    RestMicroBatchStream again = start();
    assertThat(rows(again, start, next(again, start))).isEqualTo(published(0, 3));
  }

  @Test
  void aCheckpointMadeWithOtherOptionsIsRefusedUnlessTheyAreHarmless() {
    Offset start = start().initialOffset();
    options.putAll(Map.of("streamingInterval", "3ms", "batchSize", "7", "header.A", "b"));
    assertThat(start().initialOffset()).isEqualTo(start);

    options.put("url", api.url("/others?start_id={id}"));
    assertThatThrownBy(this::start)
        .isInstanceOf(PositionException.class)
        .hasMessage(
            "The stored position was made with other values of the options url. Start anew, restore"
                + " the values, or accept the change with 'acceptChanges'='url'.");
    options.put("acceptChanges", "url");
    assertThat(start().initialOffset()).isEqualTo(start);
  }

  @Test
  void anotherUrlIsRefusedByNameThoughTheInputsAreOthersToo() {
    options.put("url", api.url("/items?t={n}&start_id={id}"));
    options.put("inputData", "[{\"n\":1}]");
    Offset start = start().initialOffset();
    options.put("url", api.url("/others?t={n}&start_id={id}"));
    options.put("order", "ascending");
    options.put("inputData", "[{\"n\":2}]");

    assertThatThrownBy(this::start)
        .isInstanceOf(PositionException.class)
        .hasMessage(
            "The stored position was made with other values of the options url, order. Start anew,"
                + " restore the values, or accept the change with 'acceptChanges'='url,order'.");
    options.put("acceptChanges", "inputData");
    assertThatThrownBy(this::start)
        .isInstanceOf(PositionException.class)
        .hasMessageEndingWith("'acceptChanges'='url,order'.");
    options.put("acceptChanges", "url,order");
    assertThatThrownBy(this::start)
        .isInstanceOf(PositionException.class)
        .hasMessageEndingWith("'acceptChanges'='inputData'.");
    options.put("acceptChanges", "url,order,inputData");
    assertThat(start().initialOffset()).isEqualTo(start);
  }

  @Test
  void aPageLogThatWasDeletedByHandIsAnErrorThatSaysSo() throws Exception {
    api.feed().appendEvents(3);
    RestMicroBatchStream stream = start();
    Offset end = await(stream, stream.initialOffset());
    stream.stop();
    try (Stream<Path> files = Files.walk(checkpoint.resolve("sources"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }

    RestMicroBatchStream again = start();
    assertThatThrownBy(() -> next(again, end))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining("The checkpoint belongs to the page log with the id ")
        .hasMessageContaining("the log was deleted or replaced. Restore it from a copy");
    assertThat(rows(again, again.initialOffset(), next(again, again.initialOffset())))
        .as("nothing was fetched for the wrong offset")
        .hasSize(3);
  }

  @Test
  void anOffsetOfAnotherSourceIsRefused() {
    assertThatThrownBy(() -> start().deserializeOffset("{\"topic\":{\"0\":17}}"))
        .isInstanceOf(PositionException.class)
        .hasMessage(
            "The checkpoint's offset must be like {\"log\":\"...\",\"segment\":3,\"record\":1000},"
                + " but was {\"topic\":{\"0\":17}}. The checkpoint belongs to another source.");
  }

  @Test
  void metricsTellWhatWasFetchedAndTakeWhateverOffsetSparkHands() {
    api.feed().appendEvents(12);
    options.put("streamingInterval", "1h");
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();
    Offset end = next(stream, start);
    Offset all = next(stream, end);
    assertThat(next(stream, all)).isEqualTo(all);
    Offset serialized =
        new Offset() {
          @Override
          public String json() {
            return end.json();
          }
        };

    Map<String, String> metrics = stream.metrics(Optional.of(serialized));

    assertThat(metrics)
        .containsEntry("records", "12")
        .containsEntry("pages", Long.toString(api.requests().size()))
        .containsEntry("requests", Long.toString(api.requests().size()))
        .containsEntry("pendingRecords", "2")
        .containsKeys("bytes", "pageLogBytes", "lastPoll", "waitingUntil");
    assertThat(Instant.parse(metrics.get("waitingUntil"))).isAfter(Instant.now());
    assertThat(stream.metrics(Optional.empty())).doesNotContainKey("pendingRecords");
  }

  @Test
  void aStopInterruptsTheWaitAndLeavesTheThreadInterrupted() throws Exception {
    Gate gate = new Gate();
    api.fault(Fault.held(gate));
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread query =
        new Thread(
            () -> {
              try {
                next(stream, start);
              } catch (UncheckedIOException e) {
                thrown.complete(Thread.currentThread().isInterrupted() ? e.getCause() : null);
              }
            });
    query.start();
    gate.awaitArrivals(1, LIMIT);

    query.interrupt();

    assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    long began = System.nanoTime();
    stream.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void asLongAsThereNeverWasARecordThereIsNoOffset() {
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();
    assertThat(next(stream, start)).isNull();

    api.feed().appendEvents(1);
    assertThat(await(stream, start)).isNotEqualTo(start);
  }

  @Test
  void theReadLimitsOfSparkAreHonoured() throws Exception {
    api.feed().appendEvents(30);
    RestMicroBatchStream stream = start();
    Offset start = stream.initialOffset();

    Offset three = stream.latestOffset(start, ReadLimit.maxRows(3));
    Offset five =
        stream.latestOffset(
            three,
            ReadLimit.compositeLimit(
                new ReadLimit[] {ReadLimit.minRows(1, 10), ReadLimit.maxRows(2)}));
    Offset fifteen = stream.latestOffset(five, ReadLimit.maxFiles(1));

    assertThat(rows(stream, start, three)).isEqualTo(published(0, 3));
    assertThat(rows(stream, three, five)).isEqualTo(published(3, 5));
    assertThat(rows(stream, five, fifteen)).isEqualTo(published(5, 15));
  }
}
