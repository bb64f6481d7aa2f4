package io.reststream.flink.enumerator;

import static io.reststream.flink.enumerator.Cluster.inputs;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import io.reststream.flink.limits.InputsGone;
import io.reststream.flink.limits.JobLimits;
import io.reststream.flink.limits.Reads;
import io.reststream.flink.split.RestSplit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiscoveringEnumeratorTest {
  private final Cluster.Context context = new Cluster.Context(3);
  private List<Input> there = inputs();

  private DiscoveringEnumerator start(RestEnumState state, int mostAtATime) {
    DiscoveringEnumerator enumerator =
        new DiscoveringEnumerator(
            context,
            () -> Set.copyOf(there),
            Duration.ofSeconds(1),
            mostAtATime,
            state,
            input -> List.of(RestSplit.fresh(input)));
    enumerator.start();
    return enumerator;
  }

  private DiscoveringEnumerator start() {
    return start(RestEnumState.initial(false), Integer.MAX_VALUE);
  }

  private void register(DiscoveringEnumerator enumerator, int... readers) {
    for (int reader : readers) {
      context.registerReader(reader, "host");
      enumerator.addReader(reader);
    }
  }

  private void discover(Input... inputs) throws Throwable {
    there = Arrays.asList(inputs);
    if (context.getExecutorService().numQueuedRunnables() > 0) {
      context.getExecutorService().triggerAll();
    }
    context.getExecutorService().triggerPeriodicScheduledTasks();
  }

  private static void reads(DiscoveringEnumerator enumerator, int... splits) {
    for (int reader = 0; reader < splits.length; reader++) {
      enumerator.handleSourceEvent(reader, 0, new Reads(splits[reader]));
    }
  }

  private List<Input> inputsOf(int reader) {
    var assignment = context.getSplitAssignments().get(reader);
    return assignment == null
        ? List.of()
        : assignment.getAssignedSplits().stream().map(RestSplit::input).toList();
  }

  private List<Integer> counts() {
    return List.of(inputsOf(0).size(), inputsOf(1).size(), inputsOf(2).size());
  }

  private List<Object> told(int reader) {
    List<Object> events = new ArrayList<>(context.getSentEvents().getOrDefault(reader, List.of()));
    events.removeIf(JobLimits.class::isInstance);
    return events;
  }

  @Test
  void nothingIsDealtOutBeforeEveryReaderHasToldWhatItHas() throws Throwable {
    DiscoveringEnumerator enumerator = start();
    register(enumerator, 0, 1, 2);
    assertThat(told(0)).isEmpty();

    discover(inputs(0, 1, 2, 3, 4).toArray(Input[]::new));
    assertThat(told(0)).containsExactly(new InputsGone(Set.of()));
    reads(enumerator, 0, 0);
    assertThat(counts()).containsExactly(0, 0, 0);

    enumerator.handleSourceEvent(2, 0, new Reads(0));
    assertThat(counts()).containsExactlyInAnyOrder(2, 2, 1);
    assertThat(enumerator.snapshotState(1))
        .isEqualTo(new RestEnumState(false, Set.copyOf(inputs(0, 1, 2, 3, 4)), List.of()));
  }

  @Test
  void newInputsGoToTheReadersThatHaveTheFewest() throws Throwable {
    RestEnumState restored = new RestEnumState(false, Set.copyOf(inputs(0, 1, 2, 3, 4)), List.of());
    DiscoveringEnumerator enumerator = start(restored, Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    discover(inputs(0, 1, 2, 3, 4, 5, 6, 7, 8).toArray(Input[]::new));

    reads(enumerator, 1, 4, 0);

    assertThat(counts()).containsExactly(2, 0, 2);
  }

  @Test
  void noMoreReadersGetInputsThanRequestsMayBeUnderWay() throws Throwable {
    DiscoveringEnumerator enumerator = start(RestEnumState.initial(false), 2);
    register(enumerator, 0, 1, 2);
    discover(inputs(0, 1, 2, 3).toArray(Input[]::new));

    reads(enumerator, 0, 0, 0);

    assertThat(counts()).containsExactly(2, 2, 0);
  }

  @Test
  void allReadersAreToldWhatIsGoneAndWhatIsThereAgain() throws Throwable {
    DiscoveringEnumerator enumerator = start();
    register(enumerator, 0, 1, 2);
    Input[] three = inputs(0, 1, 2).toArray(Input[]::new);
    discover(three);
    reads(enumerator, 0, 0, 0);

    discover(three[0], three[2]);
    assertThat(told(1)).last().isEqualTo(new InputsGone(Set.of(three[1])));
    reads(enumerator, 1, 0, 1);
    discover(three);
    assertThat(told(1)).last().isEqualTo(new InputsGone(Set.of()));
    reads(enumerator, 1, 1, 1);
    discover(three);

    assertThat(told(1)).hasSize(3);
    assertThat(counts()).containsExactly(1, 1, 1);
  }

  @Test
  void splitsOfAFailedReaderAreDealtOutAgain() throws Throwable {
    DiscoveringEnumerator enumerator = start();
    register(enumerator, 0, 1, 2);
    discover(inputs(0, 1, 2).toArray(Input[]::new));
    reads(enumerator, 0, 0, 0);
    List<RestSplit> lost = List.copyOf(context.getSplitAssignments().get(1).getAssignedSplits());
    context.registeredReaders().remove(1);
    context.getSplitAssignments().remove(1);

    enumerator.addSplitsBack(lost, 1);
    assertThat(enumerator.snapshotState(1).unassigned()).isEqualTo(lost);
    register(enumerator, 1);
    enumerator.handleSourceEvent(1, 0, new Reads(0));

    assertThat(context.getSplitAssignments().get(1).getAssignedSplits()).isEqualTo(lost);
  }

  @Test
  void ofABoundedReadNothingIsDealtOutToAReaderThatMayHaveEnded() throws Throwable {
    DiscoveringEnumerator enumerator = start(RestEnumState.initial(true), Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    there = inputs(0, 1, 2);
    context.getExecutorService().triggerAll();
    reads(enumerator, 0, 0, 0);
    List<RestSplit> lost = List.copyOf(context.getSplitAssignments().get(1).getAssignedSplits());
    enumerator.handleSourceEvent(0, 0, new Reads(0));
    enumerator.handleSourceEvent(2, 0, new Reads(0));
    context.registeredReaders().remove(1);
    context.getSplitAssignments().remove(1);

    enumerator.addSplitsBack(lost, 1);
    enumerator.handleSourceEvent(0, 0, new Reads(0));
    register(enumerator, 1);
    enumerator.handleSourceEvent(1, 0, new Reads(0));

    assertThat(context.getSplitAssignments().get(1).getAssignedSplits()).isEqualTo(lost);
  }

  @Test
  void anInputThatIsGoneStaysGoneWhenAReaderWithAPartOfItFails() throws Throwable {
    DiscoveringEnumerator enumerator = start();
    register(enumerator, 0, 1, 2);
    Input[] two = inputs(0, 1).toArray(Input[]::new);
    discover(two);
    reads(enumerator, 0, 0, 0);
    discover(two[1]);
    reads(enumerator, 1, 1, 0);

    enumerator.addSplitsBack(List.of(RestSplit.fresh(two[0])), 2);
    discover(two[1], inputs(2).get(0));

    assertThat(told(0)).last().isEqualTo(new InputsGone(Set.of(two[0])));
  }

  @Test
  void anInputThatIsGoneBeforeItWasDealtOutIsKeptAside() throws Throwable {
    RestSplit kept = RestSplit.fresh(inputs(9).get(0));
    DiscoveringEnumerator enumerator =
        start(new RestEnumState(false, Set.of(), List.of(kept)), Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    discover(inputs(1).get(0));
    reads(enumerator, 0, 0, 0);

    assertThat(inputsOf(0)).isEqualTo(inputs(1));
    assertThat(enumerator.snapshotState(1))
        .isEqualTo(new RestEnumState(false, Set.copyOf(inputs(1)), List.of(kept)));
  }

  @Test
  void aBoundedReadDiscoversOnceAndTellsThatThatIsAll() throws Throwable {
    DiscoveringEnumerator enumerator = start(RestEnumState.initial(true), Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    there = inputs(0);
    context.getExecutorService().triggerAll();
    reads(enumerator, 0, 0, 0);

    assertThat(context.getSplitAssignments())
        .allSatisfy((reader, all) -> assertThat(all.hasReceivedNoMoreSplitsSignal()).isTrue());
    assertThat(context.getExecutorService().getAllPeriodicScheduledTask()).isEmpty();
    assertThat(Map.of(0, counts().get(0))).containsEntry(0, 1);
  }
}
