package io.reststream.spark.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KillsTest {
  @Test
  void everyMomentComesAsOftenAsTheOthersThoughLivesBeginInTheMiddleOfARound() {
    for (int seed = 0; seed < 200; seed++) {
      Kills kills = new Kills(seed);
      Map<Moment, Integer> counts = new EnumMap<>(Moment.class);
      List<Moment> firsts = new ArrayList<>();
      for (int i = 0; i < 90; i++) {
        boolean hasRun = i % 10 > 0;
        Moment moment = kills.next(hasRun);
        counts.merge(moment, 1, Integer::sum);
        if (!hasRun) {
          firsts.add(moment);
        }
      }

      assertThat(firsts).as("seed %d", seed).doesNotContain(Moment.RECOVERY);
      assertThat(counts.values()).as("seed %d", seed).allMatch(count -> count >= 9 && count <= 11);
      assertThat(counts).as("seed %d", seed).hasSize(Moment.values().length);
    }
  }
}
