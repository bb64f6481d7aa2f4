package io.reststream.spark.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.HdfsProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Queries whose checkpoint is on HDFS: two of them on one, killed with SIGKILL at each {@link
 * Moment}, and while HDFS itself loses its NameNode between two of their lives or a DataNode for
 * good. In the end, every record is there once.
 *
 * <p>{@code -Dkills=100} says how often, {@code -Dkills.seed=7} when and in which order.
 */
@Tag("full")
@Timeout(7200)
class HdfsIT extends TwoDriversIT {
  @TempDir Path cluster;
  private HdfsProcess hdfs;

  @BeforeEach
  void startHdfs() throws Exception {
    hdfs = new HdfsProcess(cluster);
  }

  @AfterEach
  void closeHdfs() throws Exception {
    hdfs.close();
  }

  @Override
  String files() {
    return hdfs.uri();
  }

  @Test
  void everyRecordIsThereOnceWheneverTheQueryIsKilled() throws Exception {
    int kills = Integer.getInteger("kills", 2 * Moment.values().length);
    long seed = Long.getLong("kills.seed", System.nanoTime());
    Kills plan = new Kills(seed);
    long began = System.nanoTime();
    try (KilledLife life = new KilledLife(directory, plan, List.of(files()))) {
      for (int i = 0; i < kills; i++) {
        if (i == kills / 3) {
          hdfs.stopNameNode();
          NameNode.start(hdfs, LIMIT);
        } else if (i == 2 * kills / 3) {
          hdfs.stopDataNode();
        }
        life.kill();
      }
      life.drain();
      assertThat(KillIT.delivered(directory))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(life.published());
      System.out.printf(
          "HDFS: %d kills, seed %d: %s; %d records, none lost, none twice; %d s%n",
          kills,
          seed,
          plan.counts(),
          life.published().size(),
          Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
  }

  /** Between two steps of the page log, the offset log or the commit log, or inside of one. */
  @ParameterizedTest
  @EnumSource(names = {"APPEND", "APPENDED", "UNCOMMITTED", "COMMITTED"})
  void aQueryThatFailedForTheNameNodeWasAwayGoesOnWhenItIsStartedAgain(Moment moment)
      throws Exception {
    try (QueryProcess query = start(moment, 3)) {
      query.awaitMoment();
      hdfs.stopNameNode();
      query.goOn();
      String said = query.awaitFailure();
      if (moment == Moment.APPEND) {
        assertThat(said).contains("Cannot write the page log file " + files());
      }
    }
    NameNode.start(hdfs, LIMIT);
    for (Source source : Source.values()) {
      api.serve(source.endpoint());
    }
    assertEveryRecordIsThereOnce();
  }

  @Test
  void aQueryGoesOnWhenADataNodeGoesAway() throws Exception {
    try (QueryProcess query = start(Moment.ANYWHERE, 0)) {
      await(query, () -> delivered().size() == published().size());
      hdfs.stopDataNode();
      appendToAll();
      await(query, () -> delivered().size() == published().size());
      assertThat(query.isAlive()).isTrue();
    }
    assertEveryRecordIsThereOnce();
  }
}
