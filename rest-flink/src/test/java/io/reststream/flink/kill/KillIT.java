package io.reststream.flink.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.FeedRecord;
import io.reststream.testkit.process.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every record once, whenever a process is killed: a real cluster reads an API that publishes all
 * the time and writes files, and its TaskManagers are killed with SIGKILL again and again.
 *
 * <p>{@code -Dkills=100} kills so many; {@code -Dkills.seed=42} repeats the same choices.
 */
class KillIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int TASK_MANAGERS = 2;
  private static final double CALM = 0.7;

  @TempDir Path directory;

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void everyRecordIsInTheFilesOnceHoweverOftenTaskManagersAreKilled() throws Exception {
    int kills = Integer.getInteger("kills", Boolean.getBoolean("reststream.full") ? 20 : 3);
    long seed = Long.getLong("kills.seed", new Random().nextLong());
    try {
      kill(kills, seed);
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "With -Dkills=%d -Dkills.seed=%d: %s%n%s"
              .formatted(kills, seed, e, StandaloneFlink.logs(directory)),
          e);
    }
  }

  private void kill(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    FinishedFiles files = new FinishedFiles(directory.resolve("files"));
    long start = System.nanoTime();
    try (LiveApi api = new LiveApi(seed);
        Ambush ambush = new Ambush();
        StandaloneFlink flink = StandaloneFlink.start(directory, TASK_MANAGERS)) {
      boolean wholeRestarts = random.nextBoolean();
      WitnessedJob job =
          WitnessedJob.submit(
              flink.rest(),
              api.sources(),
              wholeRestarts,
              ambush.address(),
              directory.resolve("files"));
      job.awaitProgress();
      Killer killer = new Killer(random, flink, job, api, ambush);
      for (Moment moment : moments(kills, random)) {
        killer.killAt(moment);
        if (random.nextDouble() < CALM) {
          job.awaitProgress();
        }
        Until.holds("records in the files", LIMIT, () -> !files.records().isEmpty());
      }

      api.fallSilent();
      int published = api.api().published().size();
      Until.holds(
          published + " records in the files", LIMIT, () -> files.records().size() >= published);
      job.stop(directory.resolve("savepoints"));
      assertOnce(api.api().published(), files.records());
      System.out.printf(
          "%d kills and more, seed %d: %s; %s restarts; %d records of %d requests, none lost, none twice; %d s%n",
          kills,
          seed,
          killer.kills(),
          wholeRestarts ? "all of the job" : "the part that failed",
          published,
          api.api().requests().size(),
          Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }
  }

  /** Each moment once, in random order, and so on. */
  private static List<Moment> moments(int count, Random random) {
    List<Moment> moments = new ArrayList<>();
    while (moments.size() < count) {
      List<Moment> each = new ArrayList<>(List.of(Moment.values()));
      Collections.shuffle(each, random);
      moments.addAll(each.subList(0, Math.min(each.size(), count - moments.size())));
    }
    return moments;
  }

  static void assertOnce(List<FeedRecord> published, Set<String> delivered) {
    Set<String> lost = new HashSet<>(FeedRecord.texts(published));
    assertThat(lost).as("what was published is told apart").hasSameSizeAs(published);
    Set<String> unknown = new HashSet<>(delivered);
    unknown.removeAll(lost);
    lost.removeAll(delivered);
    assertThat(lost).as("lost").isEmpty();
    assertThat(unknown).as("never published").isEmpty();
  }
}
