package io.reststream.spark.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A checkpoint of the oldest supported Spark goes on with the Spark of these tests, each in its own
 * process with its own class path. The oldest was killed before, at moments drawn anew.
 */
@Tag("matrix")
class UpgradeIT {
  private static final int KILLS_BEFORE = 3;

  /** Set by the build: where the oldest Spark's tests were compiled, and their class path is. */
  private final Path oldest = Path.of(System.getProperty("reststream.oldest"));

  @TempDir Path directory;

  @Test
  @Timeout(600)
  void noRecordIsLostOrRepeated() throws Exception {
    long seed = Long.getLong("kills.seed", System.nanoTime());
    Kills plan = new Kills(seed);
    String own = System.getProperty("java.class.path");
    String old = classPathOfTheOldest();
    assertThat(old).as("another Spark").isNotEqualTo(own);
    try (KilledLife life = new KilledLife(directory, plan, KilledLife.LOCAL)) {
      life.runWith(old);
      for (int i = 0; i < KILLS_BEFORE; i++) {
        life.kill();
      }
      life.runWith(own);
      life.kill();
      life.drain();
      assertThat(KillIT.delivered(directory))
          .as("-Dkills.seed=%d", seed)
          .containsExactlyInAnyOrderElementsOf(life.published());
      System.out.printf(
          "seed %d: %s; %d records, none lost, none twice%n",
          seed, plan.counts(), life.published().size());
    }
  }

  private String classPathOfTheOldest() throws IOException {
    return String.join(
        File.pathSeparator,
        oldest.resolve("test-classes").toString(),
        oldest.resolve("classes").toString(),
        Files.readString(oldest.resolve("test.classpath")).strip());
  }
}
