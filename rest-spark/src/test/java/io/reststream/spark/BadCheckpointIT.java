package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.RestException;
import io.reststream.spark.log.FaultyFileSystem;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.FeedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a query says about a checkpoint that it cannot go on with. */
@Timeout(300)
class BadCheckpointIT {
  private static final String EPOCH = "0{9}1-[0-9a-f]{8}";

  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options = new HashMap<>();
  private final Batches batches = new Batches();

  BadCheckpointIT() {
    api.serve(Endpoint.at("/items").since("start_id", "id"));
    options.putAll(
        Map.of(
            "url", api.url("/items?start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "streamingInterval", "10ms",
            "batchSize", "5"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private List<String> published() {
    return FeedRecord.texts(api.published());
  }

  private StreamingQuery start(Trigger trigger) throws Exception {
    return batches.of(LocalSpark.stream(options), directory).trigger(trigger).start();
  }

  private void drain() throws Exception {
    LocalSpark.finish(start(Trigger.AvailableNow()));
  }

  /** Twelve records in three batches: a checkpoint to be spoilt. */
  private void drainTwelve() throws Exception {
    api.feed().appendEvents(12);
    drain();
  }

  private AbstractStringAssert<?> assertThatFailureOf(ThrowingCallable query) {
    Throwable failure = catchThrowable(query);
    assertThat(failure).isInstanceOf(StreamingQueryException.class);
    Throwable cause = failure;
    while (!(cause instanceof RestException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return assertThat(cause.getMessage());
  }

  private Path log() {
    return directory.resolve("sources/0");
  }

  private String shown(String file) {
    return "file:" + log().resolve(file);
  }

  /** A file of the log, by its kind; the oldest is 0. */
  private Path file(String kind, int number) {
    try (Stream<Path> files = Files.list(log().resolve(kind))) {
      return files.sorted().toList().get(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    Files.write(file, bytes);
  }

  // other options

  @Test
  void anotherUrlIsRefusedUntilItIsAccepted() throws Exception {
    drainTwelve();
    api.serve(Endpoint.at("/v2/items").since("start_id", "id"));
    api.feed().appendEvents(3);
    options.put("url", api.url("/v2/items?start_id={id}"));

    assertThatFailureOf(this::drain)
        .isEqualTo(
            "The stored position was made with other values of the options url. Start anew,"
                + " restore the values, or accept the change with 'acceptChanges'='url'.");

    options.put("acceptChanges", "url");
    drain();
    assertThat(batches.all()).isEqualTo(published());
  }

  @Test
  void anotherOffsetTypeIsRefused() throws Exception {
    drainTwelve();
    options.put("offsetType", "max_field");

    assertThatFailureOf(this::drain)
        .isEqualTo(
            "The stored position was made with other values of the options offsetType. Start anew,"
                + " restore the values, or accept the change with 'acceptChanges'='offsetType'.");
  }

  @Test
  void otherInputsAreRefusedUntilTheyAreAccepted() throws Exception {
    options.put("inputData", "[{\"tenant\":\"a\"},{\"tenant\":\"b\"}]");
    drainTwelve();
    options.put("inputData", "[{\"tenant\":\"a\",\"n\":1},{\"tenant\":\"b\",\"n\":2}]");

    assertThatFailureOf(this::drain)
        .isEqualTo(
            "The stored positions are of other inputs, with the columns (tenant): none is among"
                + " those of option 'inputData', with the columns (n, tenant), which would all be"
                + " read from the start. Start anew, restore the inputs, or accept the change with"
                + " 'acceptChanges'='inputData'.");

    options.put("acceptChanges", "inputData");
    drain();
    assertThat(batches.all()).hasSize(4 * 12);
    options.remove("acceptChanges");
    drain();
    assertThat(batches.all()).as("a change is accepted once").hasSize(4 * 12);
  }

  @Test
  void anotherIntervalBatchSizeOrSecretIsNoChange() throws Exception {
    options.put("header.X-Api-Key", "the old secret");
    drainTwelve();
    options.putAll(
        Map.of(
            "streamingInterval", "20ms", "batchSize", "3", "header.X-Api-Key", "the new secret"));
    api.feed().appendEvents(7);

    drain();

    assertThat(batches.all()).isEqualTo(published());
  }

  // files that cannot be written

  @Test
  void aLocationThatIsNoDirectoryIsNamed() throws Exception {
    Files.writeString(Files.createDirectories(directory).resolve("sources"), "a file");

    assertThatFailureOf(this::drain)
        .isEqualTo(
            "Cannot list the page log file %s: NotDirectoryException. The checkpoint location must"
                    .formatted(shown("epochs"))
                + " be a directory that the query can read, on a file system that answers.");
  }

  @Test
  void aLocationWhereNothingMayBeWrittenIsNamed() {
    FaultyFileSystem.register(LocalSpark.session().sparkContext().hadoopConfiguration());
    FaultyFileSystem.next(FaultyFileSystem.Fault.DENIED, path -> path.contains("/epochs/"));

    assertThatFailureOf(
            () ->
                LocalSpark.finish(
                    LocalSpark.stream(options)
                        .writeStream()
                        .format("noop")
                        .option("checkpointLocation", "faulty:" + directory)
                        .start()))
        .matches(
            "Cannot create the page log file faulty:%s/epochs/%s: Permission denied\\. The"
                    .formatted(log(), EPOCH)
                + " checkpoint location must be a directory that the query can write to, on a file system that answers and has space left\\.");
  }

  // a log that was deleted

  @Test
  void aLogThatWasDeletedIsNotBegunAnew() throws Exception {
    drainTwelve();
    delete(directory.resolve("sources"));

    assertThatFailureOf(this::drain)
        .matches(
            "The checkpoint belongs to the page log with the id [0-9a-f-]{36}, but %s holds the log"
                    .formatted(shown("segments"))
                + " [0-9a-f-]{36}, created at [^ ]+: the log was deleted or replaced\\. Restore it"
                + " from a copy, or start with a new checkpoint\\.");
  }

  @Test
  void aSegmentThatWasDeletedIsNamed() throws Exception {
    drainTwelve();
    api.feed().appendEvents(3);
    drain();
    Files.delete(file("segments", 0));

    assertThatFailureOf(this::drain)
        .isEqualTo(
            "The page log %s has no segments 1 to 1, and no snapshot in their place: it was"
                    .formatted(shown("segments"))
                + " deleted. Restore it from a copy; without it this checkpoint cannot go on, and"
                + " records could be lost.");
  }

  @Test
  void aHeadThatWasDeletedIsNamed() throws Exception {
    drainTwelve();
    Files.delete(file("heads", 0));

    assertThatFailureOf(this::drain)
        .matches(
            "The page log %s has no head of the log [0-9a-f-]{36}: it was deleted or cut off\\."
                    .formatted(shown("heads"))
                + " Restore it from a copy, or start with a new checkpoint\\.");
  }

  @Test
  void aLogThatIsDeletedWhileTheQueryRunsEndsItByTheNameOfAFile() throws Exception {
    api.feed().appendEvents(12);
    StreamingQuery query = start(Trigger.ProcessingTime(0));
    batches.await(12, query, LocalSpark.LIMIT);
    query.processAllAvailable();
    Path copy = directory.resolveSibling(directory.getFileName() + "-copy");
    Files.move(log(), copy);
    api.feed().appendEvents(3);

    assertThatFailureOf(() -> LocalSpark.finish(query))
        .matches(
            "The page log file %s/%s is missing: the page log was deleted or replaced while the"
                    .formatted(shown("epochs"), EPOCH)
                + " query was running\\. Restore the log's directory from a copy and start the"
                + " query again, or start with a new checkpoint\\.");
    delete(log());
    Files.move(copy, log());
    drain();
    assertThat(batches.all()).as("after the copy was restored").isEqualTo(published());
  }

  /** Spoils the log after it was told to Spark and before the tasks read it, in a large batch. */
  private void drainLargeBatchSpoiltBy(VoidFunction2<Path, Long> spoil) throws Exception {
    String filler = "x".repeat(1_000);
    api.feed()
        .append(
            IntStream.range(0, 6_000)
                .mapToObj(i -> "{\"id\":%d,\"filler\":\"%s\"}".formatted(i, filler))
                .toList());
    options.put("batchSize", "6000");
    VoidFunction2<Dataset<Row>, Long> sink =
        (batch, id) -> {
          spoil.call(file("segments", 0), id);
          batch.count();
          batch.collectAsList();
        };
    LocalSpark.finish(
        LocalSpark.stream(options)
            .writeStream()
            .option("checkpointLocation", directory.toString())
            .foreachBatch(sink)
            .trigger(Trigger.AvailableNow())
            .start());
  }

  @Test
  void aSegmentThatIsDeletedBeforeTheTasksReadItIsNamed() {
    assertThatFailureOf(() -> drainLargeBatchSpoiltBy((segment, id) -> Files.delete(segment)))
        .matches(
            "Cannot read the page log file (%1$s/0{15}1\\.%2$s\\.0): File \\1 does not exist\\. It was"
                    .formatted(shown("segments"), EPOCH)
                + " deleted, as by a query that has taken over, or this process cannot reach it: the checkpoint location must be one"
                + " that all executors can read\\. Change that, or restore the file from a copy\\.");
  }

  // a log that was changed

  @Test
  void aByteThatChangedBeforeTheTasksReadItIsNamed() {
    assertThatFailureOf(() -> drainLargeBatchSpoiltBy((segment, id) -> flip(segment, -1)))
        .matches(
            "The page log file %s/0{15}1\\.%s\\.0 is damaged: the block at byte \\d+ does not match"
                    .formatted(shown("segments"), EPOCH)
                + " its checksum\\. Restore it from a copy; without it this checkpoint cannot go"
                + " on, and records could be lost\\.");
  }

  @Test
  void aByteThatChangedBetweenTwoRunsIsNamed() throws Exception {
    drainTwelve();
    flip(file("segments", 0), 40);

    assertThatFailureOf(this::drain)
        .matches(
            "The page log file %s/0{15}1\\.%s\\.0 is damaged: its header does not match its"
                    .formatted(shown("segments"), EPOCH)
                + " checksum\\. Restore it from a copy; without it this checkpoint cannot go on,"
                + " and records could be lost\\.");
  }

  @Test
  void aLogOfANewerVersionIsRefusedByName() throws Exception {
    drainTwelve();
    Path head = file("heads", 0);
    byte[] bytes = Files.readAllBytes(head);
    bytes[5] = 4;
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 12);
    Files.write(head, ByteBuffer.wrap(bytes).putInt(12, (int) crc.getValue()).array());

    assertThatFailureOf(this::drain)
        .isEqualTo(
            "The page log file %s has format version 4, but this version of rest-spark reads up to"
                    .formatted(shown("heads/" + head.getFileName()))
                + " 3. Go on with the version that wrote it, or a newer one.");
  }

  @Test
  @Tag("full")
  void aRollBackTooFarSaysWhatIsGone() throws Exception {
    options.put("pageLogRetainBatches", "2");
    api.feed().appendEvents(150);
    for (int i = 0; i < 16; i++) {
      api.feed().appendEvents(5);
      drain();
    }
    delete(directory.resolve("offsets"));
    delete(directory.resolve("commits"));

    assertThatFailureOf(this::drain)
        .matches(
            "The checkpoint goes back to segment 0, record 0, but segments 1 to \\d+ of the page"
                + " log %s are gone: with 'pageLogRetainBatches' = 2 no more than that"
                    .formatted(shown("segments"))
                + " many batches are kept\\. Go back less far, or start with a new checkpoint\\.");
  }

  // where it lies

  /** Read from the files too: the tasks of the second run cannot have its records in memory. */
  @Test
  void aPathMayHoldWhateverAPathMayHold() throws Exception {
    directory = directory.resolve("a b%20c#d+e{f}\u00e4?g&h=%2F");
    api.feed().appendEvents(12);
    VoidFunction2<Dataset<Row>, Long> failing =
        (batch, id) -> {
          throw new IllegalStateException("The sink is down");
        };
    assertThatFailureOf(
            () ->
                LocalSpark.finish(
                    LocalSpark.stream(options)
                        .writeStream()
                        .option("checkpointLocation", directory.toString())
                        .foreachBatch(failing)
                        .start()))
        .contains("The sink is down");

    drain();

    assertThat(batches.all()).isEqualTo(published());
    assertThat(file("segments", 0)).exists();
  }
}
