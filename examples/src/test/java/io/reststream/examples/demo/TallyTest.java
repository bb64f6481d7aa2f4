package io.reststream.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final List<String> PUBLISHED =
      List.of("{\"id\":1}", "{\"id\":2,\"city\":\"Łódź\"}");

  @Test
  void isWellWhenEachRecordCameOnceInAnyOrder() {
    Tally tally = Tally.of(PUBLISHED, List.of(PUBLISHED.get(1), PUBLISHED.get(0)), 3);

    assertThat(tally.eachOnce()).isTrue();
    assertThat(tally).hasToString("records 2, polls 3, duplicates 0, missing 0");
  }

  @Test
  void countsWhatCameAgain() {
    Tally tally =
        Tally.of(PUBLISHED, List.of(PUBLISHED.get(0), PUBLISHED.get(1), PUBLISHED.get(0)), 3);

    assertThat(tally.eachOnce()).isFalse();
    assertThat(tally).hasToString("records 3, polls 3, duplicates 1, missing 0");
  }

  @Test
  void countsWhatNeverCame() {
    Tally tally = Tally.of(PUBLISHED, PUBLISHED.subList(0, 1), 3);

    assertThat(tally.eachOnce()).isFalse();
    assertThat(tally).hasToString("records 1, polls 3, duplicates 0, missing 1");
  }

  @Test
  void countsAnotherPayloadAsAlteredAndItsRecordAsMissing() {
    Tally tally = Tally.of(PUBLISHED, List.of(PUBLISHED.get(0), "{\"id\":2,\"city\":\"Lodz\"}"), 3);

    assertThat(tally.eachOnce()).isFalse();
    assertThat(tally).hasToString("records 2, polls 3, duplicates 0, missing 1, altered 1");
  }

  @Test
  void countsWhatWasNeverPublishedAsAltered() {
    Tally tally = Tally.of(PUBLISHED, List.of(PUBLISHED.get(0), PUBLISHED.get(1), "{\"id\":3}"), 3);

    assertThat(tally.eachOnce()).isFalse();
    assertThat(tally).hasToString("records 3, polls 3, duplicates 0, missing 0, altered 1");
  }

  @Test
  void isNotWellWhenThereWasNothingToCount() {
    assertThat(Tally.of(List.of(), List.of(), 3).eachOnce()).isFalse();
  }
}
