package io.reststream.spark.log;

import static io.reststream.spark.log.LogFixture.INPUT;
import static io.reststream.spark.log.LogFixture.append;
import static io.reststream.spark.log.LogFixture.open;
import static io.reststream.spark.log.LogFixture.read;
import static io.reststream.spark.log.LogFixture.store;
import static io.reststream.spark.log.LogFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers on one checkpoint, and drivers that die at any step. */
@Timeout(60)
class PageLogTakeoverTest {
  /** Batches of a life: enough for segments to be deleted. */
  private static final int LIFE = 16;

  @TempDir Path directory;

  /** A directory of a file system, each time the same one. */
  LogStore files() throws IOException {
    return store(directory);
  }

  /** An empty directory, each time another one. */
  LogStore empty() throws IOException {
    return new MemoryStore();
  }

  /** The steps of a life that are tried: every one, or one of so many. */
  int stride() {
    return 1;
  }

  @Test
  void anAppendUnderAnOlderEpochFailsByName() throws Exception {
    PageLog old = open(files());
    append(old, 1);
    PageLog current = open(files());

    assertThatThrownBy(() -> append(old, 1))
        .isInstanceOf(PageLogException.class)
        .hasMessageMatching(
            "Another query has taken over the page log \\w+:.*/epochs: its epoch is"
                + " 0000000002-[0-9a-f]{8}, ours is 0000000001-[0-9a-f]{8}\\. This query stops and"
                + " has delivered nothing that the other one does not know\\. Run one query per"
                + " checkpoint\\.");
    assertThatThrownBy(() -> old.saveMoves(Map.of(INPUT, "9")))
        .isInstanceOf(PageLogException.class);

    append(current, 1);
    assertThat(read(open(files()))).isEqualTo(texts(0, 2));
  }

  @Test
  void onlyTheNewestEpochIsKept() throws Exception {
    for (int i = 0; i < 5; i++) {
      open(files());
    }

    assertThat(files().list("epochs/")).hasSize(1).allMatch(name -> name.startsWith("0000000005-"));
    assertThat(files().list("seals/")).hasSize(1);
    assertThat(files().list("heads/")).hasSize(1);
  }

  /** A driver reads numbers from an API that has them all, and dies at each step of its work. */
  @Test
  void aCrashAtAnyStepLosesNothingAndRepeatsNothing() throws Exception {
    int steps = stepsOfALife();
    assertThat(steps).isGreaterThan(100);
    for (int at = 1; at <= steps; at += stride()) {
      LogStore log = empty();
      LogStore dying =
          new SteppedStore(
              log,
              at,
              () -> {
                throw new IOException("The machine stopped");
              });
      Driver first = new Driver();
      assertThatThrownBy(() -> first.live(dying, LIFE)).isInstanceOf(PageLogException.class);

      Driver second = new Driver();
      second.live(log, LIFE);

      assertThat(second.seen()).as("crash at step %d", at).isEqualTo(texts(0, second.next()));
      assertThat(second.seen().subList(0, first.told.size()))
          .as("crash at step %d", at)
          .isEqualTo(first.told);
    }
  }

  /** While one driver works, another takes the log over, at each step of the first one's work. */
  @Test
  void aTakeoverAtAnyStepForksNothing() throws Exception {
    int steps = stepsOfALife();
    for (int at = 1; at <= steps; at += stride()) {
      LogStore log = empty();
      Driver second = new Driver();
      LogStore overtaken = new SteppedStore(log, at, () -> second.live(log, 3));
      Driver first = new Driver();

      try {
        first.live(overtaken, LIFE);
      } catch (PageLogException expected) {
        assertThat(expected).as("takeover at step %d", at).hasMessageContaining("taken over");
        second.live(log, 3);
      }

      Driver third = new Driver();
      third.live(log, 3);
      List<String> seen = third.seen();
      assertThat(seen).as("takeover at step %d", at).isEqualTo(texts(0, third.next()));
      assertThat(seen.subList(0, first.told.size())).isEqualTo(first.told);
      assertThat(seen.subList(0, second.told.size())).isEqualTo(second.told);
    }
  }

  private int stepsOfALife() throws Exception {
    SteppedStore counting = new SteppedStore(empty(), 0, () -> {});
    new Driver().live(counting, LIFE);
    return counting.steps();
  }

  /** Appends numbers from the log's position on, and remembers what the log has told it is safe. */
  private static final class Driver {
    private final List<String> told = new ArrayList<>();
    private LogStore store;
    private PageLog log;

    void live(LogStore directory, int batches) {
      store = directory;
      log = open(store, 2);
      told.clear();
      told.addAll(texts(0, next()));
      for (int i = 0; i < batches; i++) {
        if (i % 7 == 3) {
          log.saveMoves(Map.of("{\"t\":1}", Integer.toString(i)));
        }
        append(log, 1 + i % 3);
        told.clear();
        told.addAll(texts(0, next()));
        log.release(log.end());
      }
    }

    int next() {
      return Integer.parseInt(log.position(INPUT));
    }

    /** All numbers that the log held, those that are deleted by now included. */
    List<String> seen() {
      Place first = first();
      List<String> kept = read(log, first, log.end(), store);
      List<String> seen = new ArrayList<>(texts(0, next() - kept.size()));
      seen.addAll(kept);
      return seen;
    }

    private Place first() {
      for (long segment = 0; ; segment++) {
        Place place = new Place(segment, 0);
        try {
          log.require(log.id(), place);
          return place;
        } catch (PageLogException gone) {
          assertThat(gone).hasMessageContaining("are gone");
        }
      }
    }
  }
}
