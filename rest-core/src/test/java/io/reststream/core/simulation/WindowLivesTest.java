package io.reststream.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lives 300 lives of streams in windows, or as many as {@code -Dlives} says, from {@code
 * -DfirstSeed} on; {@code -Dseed} tells one of them.
 */
@Timeout(3_600)
class WindowLivesTest {

  @Test
  void inEveryLifeEachRecordComesOnce() {
    Long told = Long.getLong("seed");
    if (told != null) {
      System.out.println(WindowLife.tell(told));
      return;
    }
    long first = Long.getLong("firstSeed", 1);
    long lives = Long.getLong("lives", 300);
    Queue<LostLife> lost = new ConcurrentLinkedQueue<>();
    LongAdder requests = new LongAdder();
    LongStream.range(first, first + lives)
        .parallel()
        .filter(seed -> lost.size() < 1_000)
        .forEach(
            seed -> {
              try {
                requests.add(WindowLife.live(seed));
              } catch (LostLife e) {
                lost.add(e);
              }
            });
    System.out.printf("%d lives in windows: %d requests%n", lives, requests.sum());
    List<String> shortest =
        lost.stream()
            .map(LostLife::getMessage)
            .sorted((a, b) -> Integer.compare(a.length(), b.length()))
            .limit(2)
            .toList();
    assertThat(lost.size())
        .as(() -> "lives lost, of which the shortest stories are%n%s".formatted(shortest))
        .isZero();
  }
}
