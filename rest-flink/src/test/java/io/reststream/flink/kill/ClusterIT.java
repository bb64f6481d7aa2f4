package io.reststream.flink.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.process.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job jar that brings the {@code sql} jar along is submitted through the REST API of a cluster
 * that knows neither, and every record arrives once although TaskManagers are killed and replaced.
 */
@Tag("full")
class ClusterIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int TASK_MANAGERS = 2;
  private static final int KILLS = 4;
  private static final int FILES_BETWEEN = 200;

  @TempDir Path directory;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void aSubmittedJarDeliversEveryRecordOnceAlthoughTaskManagersAreKilled() throws Exception {
    Path classes =
        Path.of(SubmittedJob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar =
        JobJar.write(
            directory.resolve("job.jar"),
            classes,
            SubmittedJob.class.getPackage(),
            Path.of(System.getProperty("reststream.sqlJar")));
    FinishedFiles files = new FinishedFiles(directory.resolve("files"));
    Random random = new Random();
    try (LiveApi api = new LiveApi(random.nextLong());
        StandaloneFlink flink = StandaloneFlink.start(directory, TASK_MANAGERS)) {
      JobID job =
          flink
              .rest()
              .run(
                  flink.rest().upload(jar),
                  SubmittedJob.class.getName(),
                  TASK_MANAGERS,
                  List.of(api.api().url(), directory.resolve("files").toString()));
      for (int kill = 0; kill < KILLS; kill++) {
        Until.holds("all tasks run", LIMIT, () -> flink.rest().allRunning(job));
        int known = files.records().size();
        Until.holds("more records", LIMIT, () -> files.records().size() >= known + FILES_BETWEEN);
        flink.replace(flink.taskManagers().get(random.nextInt(TASK_MANAGERS)));
      }
      api.fallSilent();
      int published = api.api().published().size();
      Until.holds(published + " records", LIMIT, () -> files.records().size() >= published);
      KillIT.assertOnce(api.api().published(), files.records());
      assertThat(flink.rest().allRunning(job)).isTrue();
      System.out.printf(
          "%d TaskManagers killed and replaced, %d records, none lost, none twice%n",
          KILLS, published);
    } catch (Exception | AssertionError e) {
      throw new AssertionError(e + "\n" + StandaloneFlink.logs(directory), e);
    }
  }
}
