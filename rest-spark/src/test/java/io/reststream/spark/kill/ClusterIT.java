package io.reststream.spark.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Feed;
import io.reststream.testkit.process.ChildJvm;
import io.reststream.testkit.process.Until;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Submitted with {@code --jars} to a cluster that does not know the jar: of a query every record is
 * in its files once although workers are killed and replaced, and of calls there are no more than
 * the limits allow.
 */
@Tag("full")
@Timeout(1200)
class ClusterIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int WORKERS = 2;
  private static final int KILLS = 3;
  private static final int BETWEEN = 100;

  @TempDir Path directory;
  private final Random random = new Random();

  @Test
  void aSubmittedQueryDeliversEveryRecordOnceAlthoughWorkersAreKilled() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Checkpoint checkpoint = new Checkpoint("file:" + data.resolve("checkpoint"));
    try (FakeApi api = FakeApi.start();
        StandaloneSpark spark = StandaloneSpark.start(directory, WORKERS)) {
      for (Source source : Source.values()) {
        api.serve(source.endpointNeverTheSame(random.nextLong()));
      }
      Source.feeds().forEach(feed -> append(api.feed(feed)));
      try (ChildJvm driver =
          spark.submit(application(), jar(), SubmittedQuery.class, api.url(), data.toString())) {
        for (int kill = 0; kill < KILLS; kill++) {
          awaitBatches(driver, checkpoint, 2);
          spark.awaitExecutors();
          spark.replace(random.nextInt(WORKERS));
          Source.feeds().forEach(feed -> append(api.feed(feed)));
          awaitBatches(driver, checkpoint, 1);
        }
        api.awaitReadToTheEnd(2, LIMIT);
        Until.holds(
            "all that is planned is committed",
            LIMIT,
            () -> checkpoint.planned() == checkpoint.committed());
        Until.holds(
            "all records", LIMIT, () -> KillIT.delivered(data).size() >= api.published().size());
      } catch (Exception | AssertionError e) {
        throw new AssertionError(e + "\n" + spark.logs(), e);
      }
      assertThat(KillIT.delivered(data))
          .containsExactlyInAnyOrderElementsOf(
              api.published().stream().map(record -> record.feed() + " " + record.json()).toList());
      System.out.printf(
          "%d workers killed and replaced, %d records, none lost, none twice%n",
          KILLS, api.published().size());
    }
  }

  @Test
  void callsInSeveralExecutorsKeepTogetherToTheLimits() throws Exception {
    Path data = directory.resolve("data");
    Queue<Long> times = new ConcurrentLinkedQueue<>();
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (FakeApi api = FakeApi.start();
        StandaloneSpark spark = StandaloneSpark.start(directory, WORKERS)) {
      api.serve("/calls", request -> Answer.json("1"));
      api.beforeAnswer(
          request -> {
            times.add(System.nanoTime());
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          });
      api.afterAnswer(request -> underWay.decrementAndGet());
      try (ChildJvm driver =
          spark.submit(
              application(),
              jar(),
              SubmittedCalls.class,
              api.url(),
              data.toString(),
              String.valueOf(WORKERS))) {
        Until.holds("the end of the driver", LIMIT, () -> !driver.isAlive());
      }
      Path written = data.resolve("_SUCCESS");
      assertThat(written).as(spark.logs()).exists();
    }
    assertThat(times).hasSize(SubmittedCalls.ROWS);
    assertThat(most.get()).isBetween(1, WORKERS);
    Duration took = Duration.ofNanos(Collections.max(times) - Collections.min(times));
    Duration due =
        Duration.ofSeconds(1)
            .multipliedBy(SubmittedCalls.ROWS - WORKERS)
            .dividedBy(SubmittedCalls.PER_SECOND);
    System.out.printf("%d calls in %d executors took %s%n", times.size(), WORKERS, took);
    assertThat(took) // each executor at the whole rate would need half of it
        .isGreaterThan(due.multipliedBy(3).dividedBy(4));
  }

  private static void append(Feed feed) {
    int published = feed.published().size();
    for (int id = published + 1; id <= published + BETWEEN; id++) {
      feed.append("{\"id\":%d,\"ts\":%d}".formatted(id, 1000 + id * 2 / 3));
    }
  }

  private static void awaitBatches(ChildJvm driver, Checkpoint checkpoint, int more)
      throws IOException {
    long known = checkpoint.committed();
    Until.holds(
        more + " batches after " + known,
        LIMIT,
        () -> {
          assertThat(driver.isAlive()).as("the driver is alive").isTrue();
          return checkpoint.committed() >= known + more;
        });
  }

  private static Path jar() {
    return Path.of(System.getProperty("reststream.sparkJar"));
  }

  /** The classes of these tests that the query needs, as a jar. */
  private Path application() throws Exception {
    Path classes =
        Path.of(SubmittedQuery.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = directory.resolve("application.jar");
    try (Stream<Path> found =
            Files.list(classes.resolve(SubmittedQuery.class.getPackageName().replace('.', '/')));
        OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Path one : found.filter(path -> path.toString().endsWith(".class")).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(one).toString()));
        Files.copy(one, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
