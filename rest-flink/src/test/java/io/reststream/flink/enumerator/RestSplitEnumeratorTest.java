package io.reststream.flink.enumerator;

import static io.reststream.flink.enumerator.Cluster.inputs;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import io.reststream.core.Position;
import io.reststream.flink.split.RestSplit;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

class RestSplitEnumeratorTest {
  private static final Position POSITION = Position.parse("{\"v\":1,\"of\":\"options\"}");

  private static RestSplit read(Input input) {
    return new RestSplit(input, POSITION, null, false);
  }

  @Test
  void dealsTheInputsOutInTurn() {
    Cluster cluster = Cluster.fresh(3, 0, 1, 2, 3, 4, 5, 6).register(0, 1, 2);

    assertThat(cluster.inputsOf(0)).isEqualTo(inputs(0, 3, 6));
    assertThat(cluster.inputsOf(1)).isEqualTo(inputs(1, 4));
    assertThat(cluster.inputsOf(2)).isEqualTo(inputs(2, 5));
  }

  @Test
  void aReaderThatRegistersLateGetsItsOwn() {
    Cluster cluster = Cluster.fresh(2, 0, 1, 2).register(1);

    assertThat(cluster.inputsOf(1)).isEqualTo(inputs(1));
    assertThat(cluster.state().assigned()).containsExactlyElementsOf(inputs(1));
    assertThat(cluster.state().unassigned())
        .containsExactly(RestSplit.fresh(inputs(0).get(0)), RestSplit.fresh(inputs(2).get(0)));

    cluster.register(0);
    assertThat(cluster.inputsOf(0)).isEqualTo(inputs(0, 2));
    assertThat(cluster.state().unassigned()).isEmpty();
  }

  @Test
  void tellsEachReaderThatThatIsAll() {
    Cluster cluster = Cluster.fresh(2, 0).register(0, 1);

    assertThat(cluster.toldThatThatIsAll(0)).isTrue();
    assertThat(cluster.toldThatThatIsAll(1)).isTrue();
    assertThat(cluster.assigned(1)).isEmpty();
  }

  @Test
  void splitsOfAFailedReaderComeBackToIt() {
    Cluster cluster = Cluster.fresh(2, 0, 1, 2).register(0, 1);
    List<RestSplit> lost = List.copyOf(cluster.assigned(0));
    cluster.context.registeredReaders().remove(0);

    cluster.enumerator.addSplitsBack(lost, 0);
    assertThat(cluster.state().assigned()).containsExactlyElementsOf(inputs(1));
    assertThat(cluster.state().unassigned()).isEqualTo(lost);

    cluster.context.getSplitAssignments().remove(0);
    cluster.register(0);
    assertThat(cluster.assigned(0)).isEqualTo(lost);
  }

  @Test
  void splitsThatComeBackAfterTheirReaderDidAreAssignedAtOnce() {
    Cluster cluster = Cluster.fresh(1, 0, 1).register(0);
    List<RestSplit> lost = List.copyOf(cluster.assigned(0));
    cluster.context.getSplitAssignments().remove(0);

    cluster.enumerator.addSplitsBack(lost, 0);

    assertThat(cluster.assigned(0)).isEqualTo(lost);
    assertThat(cluster.toldThatThatIsAll(0)).isTrue();
  }

  @Test
  void aRestoreDealsOutOnlyWhatNoReaderHas() {
    RestEnumState state =
        new RestEnumState(
            false, Set.copyOf(inputs(0, 1)), List.of(RestSplit.fresh(inputs(2).get(0))));
    Cluster cluster = new Cluster(2, inputs(0, 1, 2), state).register(0, 1);

    assertThat(cluster.inputsOf(0)).isEqualTo(inputs(2));
    assertThat(cluster.assigned(1)).isEmpty();
  }

  @Test
  void inputsAddedLaterKeepTheReadersBalanced() {
    RestEnumState state = new RestEnumState(false, Set.copyOf(inputs(0, 1, 2)), List.of());
    Cluster cluster = new Cluster(2, inputs(9, 0, 1, 2, 8), state).register(0, 1);

    assertThat(cluster.inputsOf(1)).isEqualTo(inputs(9));
    assertThat(cluster.inputsOf(0)).isEqualTo(inputs(8));
  }

  @Test
  void aRemovedInputKeepsItsPositionAndResumesWhenItIsAddedAgain() {
    RestSplit kept = read(inputs(7).get(0));
    RestEnumState state = new RestEnumState(false, Set.copyOf(inputs(0)), List.of(kept));

    Cluster without = new Cluster(1, inputs(0), state).register(0);
    assertThat(without.assigned(0)).isEmpty();
    assertThat(without.state().unassigned()).containsExactly(kept);

    Cluster again = new Cluster(1, inputs(0, 7), without.state()).register(0);
    assertThat(again.assigned(0)).containsExactly(kept);
    assertThat(again.state())
        .isEqualTo(new RestEnumState(false, Set.copyOf(inputs(0, 7)), List.of()));
  }

  @Test
  void aRemovedInputThatAReaderHadIsNotReadFromTheStartWhenItIsAddedAgain() {
    RestEnumState state = new RestEnumState(false, Set.copyOf(inputs(0, 1)), List.of());

    RestEnumState without = new Cluster(1, inputs(0), state).register(0).state();
    Cluster again = new Cluster(1, inputs(0, 1), without).register(0);

    assertThat(again.assigned(0)).isEmpty();
  }

  @Test
  void noMoreReadersGetInputsThanRequestsMayBeUnderWay() {
    Cluster cluster =
        new Cluster(4, inputs(0, 1, 2, 3, 4), 2, RestEnumState.initial(false)).register(0, 1, 2, 3);

    assertThat(cluster.inputsOf(0)).isEqualTo(inputs(0, 2, 4));
    assertThat(cluster.inputsOf(1)).isEqualTo(inputs(1, 3));
    assertThat(cluster.inputsOf(2)).isEmpty();
    assertThat(cluster.inputsOf(3)).isEmpty();
  }

  @Test
  void thousandsOfInputsAreSpreadEvenly() {
    Cluster cluster = Cluster.fresh(7, IntStream.range(0, 10_000).toArray());
    for (int reader = 0; reader < 7; reader++) {
      cluster.register(reader);
      assertThat(cluster.assigned(reader).size()).isBetween(10_000 / 7, 10_000 / 7 + 1);
    }
  }

  /** Two stretches of each input. */
  private static List<RestSplit> stretches(Input input) {
    return List.of(
        new RestSplit(input, "past", POSITION, null, false),
        new RestSplit(input, null, POSITION, null, false));
  }

  @Test
  void stretchesOfAnInputAreDealtOutAsInputsAre() {
    var context = new TestingSplitEnumeratorContext<RestSplit>(2);
    var enumerator =
        new RestSplitEnumerator(
            context,
            inputs(0),
            Integer.MAX_VALUE,
            RestEnumState.initial(false),
            RestSplitEnumeratorTest::stretches);
    enumerator.start();
    context.registerReader(1, "host");
    enumerator.addReader(1);

    RestEnumState state = enumerator.snapshotState(1);
    assertThat(state.assigned()).containsExactlyElementsOf(inputs(0));
    assertThat(state.unassigned()).containsExactly(stretches(inputs(0).get(0)).get(0));

    // The stretch that no reader had is not lost, and the other one is not read again.
    Cluster restored = new Cluster(2, inputs(0), state).register(0, 1);
    assertThat(restored.state().unassigned()).isEmpty();
    assertThat(Stream.of(0, 1).flatMap(reader -> restored.assigned(reader).stream()))
        .containsExactly(stretches(inputs(0).get(0)).get(0));
  }
}
