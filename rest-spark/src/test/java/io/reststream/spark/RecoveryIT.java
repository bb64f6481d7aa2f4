package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.spark.log.FaultyFileSystem;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.FeedRecord;
import io.reststream.testkit.Tail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that failed or were rolled back, on an API that answers differently each time. */
@Timeout(300)
class RecoveryIT {
  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options = new HashMap<>();
  private final Batches batches = new Batches();

  RecoveryIT() {
    api.serve(
        Endpoint.at("/items")
            .since("start_id", "id")
            .pageSize(9)
            .rechunked(42)
            .data("data")
            .nextUrl("next", Tail.NULL));
    options.putAll(
        Map.of(
            "url", api.url("/items?start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "pagination", "nextUrl",
            "streamingInterval", "10ms",
            "batchSize", "5"));
  }

  @BeforeAll
  static void knowTheFaultyFileSystem() {
    FaultyFileSystem.register(LocalSpark.session().sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void close() {
    api.close();
  }

  private List<String> published() {
    return FeedRecord.texts(api.published());
  }

  private void drain() throws Exception {
    LocalSpark.finish(
        batches.of(LocalSpark.stream(options), directory).trigger(Trigger.AvailableNow()).start());
  }

  /** A query with its checkpoint on a file system that can fail. */
  private StreamingQuery on(String scheme) throws Exception {
    return LocalSpark.stream(options)
        .writeStream()
        .format("parquet")
        .option("path", directory.resolve("out").toString())
        .option("checkpointLocation", scheme + ":" + directory.resolve("checkpoint"))
        .trigger(Trigger.AvailableNow())
        .start();
  }

  @ParameterizedTest
  @CsvSource({
    "faulty, NOT_RENAMED, /offsets/0",
    "faulty, NOT_RENAMED, /offsets/2",
    "faulty, NOT_RENAMED, /commits/0",
    "faulty, NOT_RENAMED, /commits/2",
    "faulty, NOT_CLOSED, /sources/0/segments/0000000000000001",
    "faulty, FULL, /sources/0/segments/0000000000000002",
    "faulty, DENIED, /sources/0/segments/0000000000000002",
    "objects, RENAMED_UNHEARD, /offsets/2",
    "objects, RENAMED_UNHEARD, /commits/2",
    "objects, NOT_CLOSED, /sources/0/segments/0000000000000003",
    "objects, LOST, /sources/0/segments/0000000000000003",
    "objects, CREATED_UNHEARD, /sources/0/segments/0000000000000003",
    "objects, NOT_CLOSED, /sources/0/seals/"
  })
  void aFailureAtAnyStepOfABatchLosesNothingAndRepeatsNothing(
      String scheme, FaultyFileSystem.Fault fault, String file) throws Exception {
    api.feed().appendEvents(30);
    FaultyFileSystem.next(fault, path -> path.contains(file));
    assertThatThrownBy(() -> LocalSpark.finish(on(scheme)))
        .isInstanceOf(StreamingQueryException.class);
    api.feed().appendEvents(30);

    LocalSpark.finish(on(scheme));

    assertThat(LocalSpark.outputs(directory)).containsExactlyInAnyOrderElementsOf(published());
  }

  /**
   * Each restart meets the fault one file later than the one before, until one meets it no more.
   */
  @ParameterizedTest
  @MethodSource("faults")
  @Tag("full")
  void aFaultAtEachFileInTurnLosesNothingAndRepeatsNothing(
      String scheme, FaultyFileSystem.Fault fault) throws Exception {
    api.feed().appendEvents(10);
    LocalSpark.finish(on(scheme));
    int met = 0;
    for (boolean meets = true; meets; met += meets ? 1 : 0) {
      api.feed().appendEvents(10);
      AtomicInteger filesLeft = new AtomicInteger(met);
      FaultyFileSystem.next(
          fault, path -> path.contains("/checkpoint/") && filesLeft.getAndDecrement() == 0);
      try {
        LocalSpark.finish(on(scheme));
      } catch (StreamingQueryException | UncheckedIOException | IOException e) {
        assertThat(filesLeft).as("files left when it failed: %s", e).hasNegativeValue();
      }
      meets = !FaultyFileSystem.forget();
    }
    LocalSpark.finish(on(scheme));

    assertThat(LocalSpark.outputs(directory)).containsExactlyInAnyOrderElementsOf(published());
    assertThat(met).isPositive();
    System.out.printf(
        "%s, %s at each of %d files: %d records, none lost, none twice%n",
        scheme, fault, met, published().size());
  }

  static Stream<Arguments> faults() {
    return Stream.of("faulty", "objects")
        .flatMap(
            scheme ->
                Stream.of(FaultyFileSystem.Fault.values()).map(it -> Arguments.of(scheme, it)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void aRollBackDeliversTheSameRecordsAgainAndNoOthers(int batchesBack) throws Exception {
    for (int i = 0; i < 3; i++) {
      api.feed().appendEvents(12);
      drain();
    }
    Map<Long, List<String>> before = batches.byId();
    long last = before.keySet().stream().mapToLong(id -> id).max().orElseThrow();
    assertThat(before).hasSizeGreaterThan(8);
    rollBackTo(last - batchesBack);
    api.feed().appendEvents(12);
    options.put("batchSize", "7");

    drain();

    assertThat(batches.all()).isEqualTo(published());
  }

  /** Deletes what Spark has noted of the batches after this one, and what the sink has of them. */
  private void rollBackTo(long batch) throws Exception {
    batches.rollBackTo(batch);
    for (String log : List.of("offsets", "commits")) {
      try (Stream<Path> files = Files.list(directory.resolve(log))) {
        for (Path file : files.toList()) {
          String number = file.getFileName().toString().replaceAll("\\D", "");
          if (!number.isEmpty() && Long.parseLong(number) > batch) {
            Files.delete(file);
          }
        }
      }
    }
  }
}
