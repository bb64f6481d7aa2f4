package io.reststream.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lives 2,000 lives, or as many as {@code -Dlives} says, from {@code -DfirstSeed} on; {@code
 * -Dseed} tells one of them.
 */
@Timeout(3_600)
class SimulatedLivesTest {
  private static final int SHOWN = 3;

  @Test
  void inEveryLifeEachRecordComesOnce() {
    Long told = Long.getLong("seed");
    if (told != null) {
      System.out.println(Life.tell(told));
      return;
    }
    long first = Long.getLong("firstSeed", 1);
    long lives = Long.getLong("lives", 2_000);
    ConcurrentLinkedQueue<LostLife> lost = new ConcurrentLinkedQueue<>();
    LongAdder requests = new LongAdder();
    LongAdder faults = new LongAdder();
    LongAdder unchanged = new LongAdder();
    LongAdder crashes = new LongAdder();
    LongAdder records = new LongAdder();
    long start = System.nanoTime();
    LongStream.range(first, first + lives)
        .parallel()
        .filter(seed -> lost.size() < 1_000)
        .forEach(
            seed -> {
              try {
                Life.Summary summary = Life.live(seed);
                requests.add(summary.requests());
                faults.add(summary.faults());
                unchanged.add(summary.unchanged());
                crashes.add(summary.crashes());
                records.add(summary.records());
              } catch (LostLife e) {
                lost.add(e);
              }
            });
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d lives in %.1f s, %.0f a second: %d requests, %d faults, %d times 304, %d crashes, %d records%n",
        lives,
        seconds,
        lives / seconds,
        requests.sum(),
        faults.sum(),
        unchanged.sum(),
        crashes.sum(),
        records.sum());
    List<LostLife> shortest =
        lost.stream()
            .sorted(Comparator.comparingInt(life -> life.getMessage().length()))
            .limit(SHOWN)
            .toList();
    assertThat(lost.size())
        .as(
            () ->
                "lives lost, of which the shortest stories are%n%s"
                    .formatted(
                        shortest.stream()
                            .map(LostLife::getMessage)
                            .collect(Collectors.joining("\n\n"))))
        .isZero();
  }
}
