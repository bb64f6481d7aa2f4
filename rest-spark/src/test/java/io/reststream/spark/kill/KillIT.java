package io.reststream.spark.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A query is killed with SIGKILL, again and again, while the API appends and never answers a
 * request twice in the same way; in the end, every record is there once.
 *
 * <p>{@code -Dkills=100} says how often, {@code -Dkills.seed=7} when and in which order.
 */
@Timeout(7200)
class KillIT {
  /** After so many kills, one checkpoint is read to the end, and the next one begun. */
  private static final int KILLS_PER_LIFE = 10;

  @TempDir Path parent;

  @Test
  void everyRecordIsThereOnceWheneverTheQueryIsKilled() throws Exception {
    int kills = Integer.getInteger("kills", Boolean.getBoolean("reststream.full") ? 20 : 3);
    long seed = Long.getLong("kills.seed", System.nanoTime());
    Kills plan = new Kills(seed);
    long began = System.nanoTime();
    long records = 0;
    for (int done = 0; done < kills; ) {
      int now = Math.min(KILLS_PER_LIFE, kills - done);
      Path directory = Files.createDirectory(parent.resolve("life-" + done));
      try (KilledLife life = new KilledLife(directory, plan, KilledLife.LOCAL)) {
        for (int i = 0; i < now; i++) {
          life.kill();
        }
        life.drain();
        assertThat(delivered(directory))
            .as("seed %d", seed)
            .containsExactlyInAnyOrderElementsOf(life.published());
        records += life.published().size();
      }
      done += now;
    }
    System.out.printf(
        "%d kills, seed %d: %s; %d records, none lost, none twice; %d s%n",
        kills,
        seed,
        plan.counts(),
        records,
        Duration.ofNanos(System.nanoTime() - began).toSeconds());
  }

  /** What is in the files, in the words of {@link KilledLife#published}. */
  static List<String> delivered(Path directory) {
    return LocalSpark.session()
        .read()
        .parquet(directory.resolve("out").toString())
        .select(functions.concat_ws(" ", functions.col("feed"), functions.col("output")))
        .as(Encoders.STRING())
        .collectAsList();
  }
}
