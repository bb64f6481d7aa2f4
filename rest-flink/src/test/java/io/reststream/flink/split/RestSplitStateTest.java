package io.reststream.flink.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.Position;
import io.reststream.core.Records;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestSplitStateTest {
  private static final Position POSITION =
      Position.parse("{\"v\":1,\"of\":\"options\",\"kind\":\"NUMBER\",\"offset\":\"3\"}");
  private static final PageInfo INFO =
      new PageInfo("https://host/", 200, Instant.EPOCH, 0, 5, 0, null);
  private static final Records PAGE =
      Records.of(
          Stream.of("1", "2", "3").map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());

  private final RestSplitState state = new RestSplitState(RestSplit.fresh(Input.EMPTY));

  @Test
  void isWhatItWasMadeOfUntilARecordIsEmitted() {
    RestSplit rest = new RestSplit(Input.EMPTY, POSITION, new PageRest(PAGE, 1, INFO), true);

    assertThat(state.toSplit()).isEqualTo(RestSplit.fresh(Input.EMPTY));
    assertThat(new RestSplitState(rest).toSplit()).isEqualTo(rest);
  }

  @Test
  void holdsThePositionAfterThePageAndWhatIsLeftOfIt() {
    state.advance(PAGE, 1, INFO, POSITION, false);

    RestSplit split = state.toSplit();
    assertThat(split.position()).isEqualTo(POSITION);
    assertThat(split.rest().size()).isEqualTo(2);
    assertThat(split.finished()).isFalse();
  }

  @Test
  void holdsNoRecordsOnceThePageIsEmitted() {
    state.advance(PAGE, 3, INFO, POSITION, false);

    assertThat(state.toSplit()).isEqualTo(new RestSplit(Input.EMPTY, POSITION, null, false));
  }

  @Test
  void movesWithAPageThatHasNoRecords() {
    state.advance(Records.empty(), 1, INFO, POSITION, false);

    assertThat(state.toSplit()).isEqualTo(new RestSplit(Input.EMPTY, POSITION, null, false));
  }

  @Test
  void isFinishedOnlyWhenTheLastPageIsEmitted() {
    state.advance(PAGE, 2, INFO, POSITION, true);
    assertThat(state.toSplit().finished()).isFalse();

    state.advance(PAGE, 3, INFO, POSITION, true);
    assertThat(state.toSplit().finished()).isTrue();
  }

  @Test
  void laterMovesDoNotChangeASplitMadeBefore() {
    state.advance(PAGE, 1, INFO, POSITION, false);
    RestSplit before = state.toSplit();
    state.advance(PAGE, 2, INFO, POSITION, false);

    assertThat(before.rest().records().texts().subList(before.rest().from(), 3))
        .isEqualTo(List.of("2", "3"));
  }
}
