package io.reststream.flink.enumerator;

import static io.reststream.flink.enumerator.Cluster.inputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.Input;
import io.reststream.flink.limits.Holds;
import io.reststream.flink.limits.InputsGone;
import io.reststream.flink.limits.JobLimits;
import io.reststream.flink.limits.ReadNoMore;
import io.reststream.flink.split.RestSplit;
import io.reststream.flink.split.SplitName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiscoveringEnumeratorTest {
  private final Cluster.Context context = new Cluster.Context(3);
  private final List<Set<Input>> checked = new ArrayList<>();
  private List<Input> there = inputs();

  private final class Finder implements InputFinder {
    @Override
    public Set<Input> find() {
      return Set.copyOf(there);
    }

    @Override
    public void check(Set<Input> stored, Set<Input> found) {
      checked.add(stored);
      checked.add(found);
    }

    @Override
    public void close() throws IOException {
      throw new IOException("cannot be closed");
    }
  }

  private DiscoveringEnumerator start(RestEnumState state, int mostAtATime) {
    DiscoveringEnumerator enumerator =
        new DiscoveringEnumerator(
            context,
            new Finder(),
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

  private void discover(List<Input> inputs) throws Throwable {
    there = inputs;
    if (context.getExecutorService().numQueuedRunnables() > 0) {
      context.getExecutorService().triggerAll();
    }
    context.getExecutorService().triggerPeriodicScheduledTasks();
  }

  /** Each reader tells that it starts with these inputs. */
  private static void start(DiscoveringEnumerator enumerator, List<List<Input>> held) {
    for (int reader = 0; reader < held.size(); reader++) {
      enumerator.handleSourceEvent(reader, 0, new Holds(names(held.get(reader)), true));
    }
  }

  private static void startEmpty(DiscoveringEnumerator enumerator, int... readers) {
    for (int reader : readers) {
      enumerator.handleSourceEvent(reader, 0, new Holds(List.of(), true));
    }
  }

  private static List<SplitName> names(List<Input> inputs) {
    return inputs.stream().map(input -> new SplitName(input, null)).toList();
  }

  /** The reader has stopped the inputs. */
  private static void kept(DiscoveringEnumerator enumerator, int reader, Input... inputs) {
    enumerator.handleSourceEvent(
        reader, 0, new ReadNoMore(names(Arrays.asList(inputs)), List.of()));
  }

  private List<RestSplit> splitsOf(int reader) {
    var assignment = context.getSplitAssignments().get(reader);
    return assignment == null ? List.of() : assignment.getAssignedSplits();
  }

  private List<Input> inputsOf(int reader) {
    return splitsOf(reader).stream().map(RestSplit::input).toList();
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
    startEmpty(enumerator, 0);
    assertThat(told(0)).isEmpty();

    discover(inputs(0, 1, 2, 3, 4));
    assertThat(told(0)).containsExactly(new InputsGone(Set.of()));
    startEmpty(enumerator, 1);
    enumerator.handleSourceEvent(2, 0, new Holds(List.of(), false));
    assertThat(counts()).containsExactly(0, 0, 0);

    startEmpty(enumerator, 2);
    assertThat(told(2)).containsExactly(new InputsGone(Set.of()));
    assertThat(counts()).containsExactlyInAnyOrder(2, 2, 1);
    assertThat(enumerator.snapshotState(1))
        .isEqualTo(new RestEnumState(false, Set.copyOf(inputs(0, 1, 2, 3, 4)), List.of()));
  }

  @Test
  void newInputsGoToTheReadersThatReadTheFewest() throws Throwable {
    RestEnumState restored = new RestEnumState(false, Set.copyOf(inputs(0, 1, 2, 3, 4)), List.of());
    DiscoveringEnumerator enumerator = start(restored, Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    discover(inputs(0, 1, 2, 3, 4, 5, 6, 7, 8));

    start(enumerator, List.of(inputs(0), inputs(1, 2, 3, 4), List.of()));

    assertThat(counts()).containsExactly(2, 0, 2);
  }

  @Test
  void whatAReaderKeepsOrHasReadToItsEndIsNoLoad() throws Throwable {
    RestEnumState restored = new RestEnumState(false, Set.copyOf(inputs(0, 1, 2, 3, 4)), List.of());
    DiscoveringEnumerator enumerator = start(restored, Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    discover(inputs(2, 3, 4));
    start(enumerator, List.of(inputs(0, 1, 2), inputs(3), inputs(4)));
    assertThat(told(0)).containsExactly(new InputsGone(Set.copyOf(inputs(0, 1))));
    kept(enumerator, 0, inputs(0, 1).toArray(Input[]::new));
    enumerator.handleSourceEvent(0, 0, new ReadNoMore(List.of(), names(inputs(2))));

    discover(inputs(2, 3, 4, 5));

    assertThat(counts()).containsExactly(1, 0, 0);
  }

  @Test
  void inputsAreDealtOutThoughAReaderIsHeldUp() throws Throwable {
    DiscoveringEnumerator enumerator = start();
    register(enumerator, 0, 1, 2);
    startEmpty(enumerator, 0, 1, 2);

    for (int n = 0; n < 9; n++) {
      discover(inputs(IntStream.rangeClosed(0, n).toArray()));
      assertThat(counts().stream().mapToInt(count -> count).sum()).isEqualTo(n + 1);
    }

    assertThat(counts()).containsExactly(3, 3, 3);
    assertThat(told(0)).containsExactly(new InputsGone(Set.of()));
  }

  @Test
  void noMoreReadersGetInputsThanRequestsMayBeUnderWay() throws Throwable {
    DiscoveringEnumerator enumerator = start(RestEnumState.initial(false), 2);
    register(enumerator, 0, 1, 2);
    discover(inputs(0, 1, 2, 3));

    startEmpty(enumerator, 0, 1, 2);

    assertThat(counts()).containsExactly(2, 2, 0);
  }

  private DiscoveringEnumerator reading(int... three) throws Throwable {
    DiscoveringEnumerator enumerator = start();
    register(enumerator, 0, 1, 2);
    discover(inputs(three));
    startEmpty(enumerator, 0, 1, 2);
    assertThat(counts()).containsExactly(1, 1, 1);
    return enumerator;
  }

  /** Which of the readers was given the input first. */
  private int readerOf(Input input) {
    return IntStream.range(0, 3)
        .filter(reader -> inputsOf(reader).contains(input))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anInputThatGoesAndComesIsAssignedAgainToTheReaderThatKeepsIt() throws Throwable {
    DiscoveringEnumerator enumerator = reading(0, 1, 2);
    Input input = inputs(1).get(0);
    int reader = readerOf(input);
    for (int round = 1; round <= 3; round++) {
      discover(inputs(0, 2));
      assertThat(told(reader)).hasSize(1 + round).last().isEqualTo(new InputsGone(Set.of(input)));
      kept(enumerator, reader, input);
      assertThat(splitsOf(reader)).hasSize(round);

      discover(inputs(0, 1, 2));
      assertThat(splitsOf(reader))
          .hasSize(round + 1)
          .last()
          .isEqualTo(RestSplit.again(new SplitName(input, null), round));
    }
    assertThat(told((reader + 1) % 3)).containsExactly(new InputsGone(Set.of()));
    assertThat(told((reader + 2) % 3)).containsExactly(new InputsGone(Set.of()));
    assertThat(enumerator.snapshotState(1))
        .isEqualTo(new RestEnumState(false, Set.copyOf(inputs(0, 1, 2)), List.of()));
  }

  @Test
  void anInputThatIsThereAgainBeforeItsReaderHasStoppedIsAssignedWhenItHas() throws Throwable {
    DiscoveringEnumerator enumerator = reading(0, 1, 2);
    Input input = inputs(1).get(0);
    int reader = readerOf(input);
    discover(inputs(0, 2));
    discover(inputs(0, 1, 2));
    assertThat(splitsOf(reader)).hasSize(1);

    kept(enumerator, reader, input);

    assertThat(splitsOf(reader)).last().isEqualTo(RestSplit.again(new SplitName(input, null), 1));
    assertThat(told(reader)).hasSize(2);
  }

  @Test
  void splitsOfAFailedReaderAreDealtOutAgain() throws Throwable {
    DiscoveringEnumerator enumerator = reading(0, 1, 2);
    List<RestSplit> lost = fail(1);

    enumerator.addSplitsBack(lost, 1);
    assertThat(enumerator.snapshotState(1).unassigned()).isEqualTo(lost);
    register(enumerator, 1);
    startEmpty(enumerator, 1);

    assertThat(splitsOf(1)).isEqualTo(lost);
  }

  private List<RestSplit> fail(int reader) {
    List<RestSplit> lost = List.copyOf(splitsOf(reader));
    context.registeredReaders().remove(reader);
    context.getSplitAssignments().remove(reader);
    return lost;
  }

  @Test
  void aSplitThatWasAssignedAgainComesBackWithTheStateOfItsReaderAlone() throws Throwable {
    DiscoveringEnumerator enumerator = reading(0, 1, 2);
    Input input = inputs(1).get(0);
    int reader = readerOf(input);
    discover(inputs(0, 2));
    kept(enumerator, reader, input);
    context.getSplitAssignments().remove(reader); // in a checkpoint by now
    discover(inputs(0, 1, 2));
    List<RestSplit> lost = fail(reader);
    assertThat(lost).containsExactly(RestSplit.again(new SplitName(input, null), 1));

    enumerator.addSplitsBack(lost, reader);
    discover(inputs(0, 1, 2, 3));
    register(enumerator, reader);
    enumerator.handleSourceEvent(reader, 0, new Holds(names(List.of(input)), true));

    assertThat(inputsOf(reader)).doesNotContain(input);
    assertThat(enumerator.snapshotState(1))
        .isEqualTo(new RestEnumState(false, Set.copyOf(inputs(0, 1, 2, 3)), List.of()));
  }

  @Test
  void aReaderThatHasFailedIsToldNothingBeforeItStartsAgain() throws Throwable {
    DiscoveringEnumerator enumerator = reading(0, 1, 2);
    List<RestSplit> lost = fail(1);

    discover(inputs(5));
    assertThat(told(1)).hasSize(1);
    enumerator.addSplitsBack(lost, 1);
    register(enumerator, 1);
    startEmpty(enumerator, 1);

    assertThat(told(1)).hasSize(2).last().isEqualTo(new InputsGone(Set.of()));
    assertThat(enumerator.snapshotState(1).unassigned()).isEqualTo(lost);
  }

  @Test
  void ofABoundedReadNothingIsDealtOutToAReaderThatMayHaveEnded() throws Throwable {
    DiscoveringEnumerator enumerator = start(RestEnumState.initial(true), Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    there = inputs(0, 1, 2);
    context.getExecutorService().triggerAll();
    startEmpty(enumerator, 0, 1, 2);
    enumerator.handleSourceEvent(0, 0, new ReadNoMore(List.of(), names(inputsOf(0))));
    enumerator.handleSourceEvent(2, 0, new ReadNoMore(List.of(), names(inputsOf(2))));
    List<RestSplit> lost = fail(1);

    enumerator.addSplitsBack(lost, 1);
    register(enumerator, 1);
    startEmpty(enumerator, 1);

    assertThat(splitsOf(1)).isEqualTo(lost);
  }

  @Test
  void aPartOfAnInputThatIsGoneWaitsWhileAnotherIsKept() throws Throwable {
    RestSplit part = RestSplit.again(new SplitName(inputs(1).get(0), "a"), 0);
    DiscoveringEnumerator enumerator =
        start(new RestEnumState(false, Set.copyOf(inputs(0)), List.of(part)), Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    discover(inputs(0));
    SplitName other = new SplitName(part.input(), "b");
    enumerator.handleSourceEvent(0, 0, new Holds(List.of(other), true));
    startEmpty(enumerator, 1, 2);
    enumerator.handleSourceEvent(0, 0, new ReadNoMore(List.of(other), List.of()));
    assertThat(counts()).containsExactly(0, 0, 0);

    discover(inputs(0, 1));

    assertThat(splitsOf(0)).containsExactly(RestSplit.again(other, 1));
    assertThat(splitsOf(1)).containsExactly(part);
  }

  @Test
  void anInputThatIsGoneBeforeItWasDealtOutIsKeptAside() throws Throwable {
    RestSplit kept = RestSplit.fresh(inputs(9).get(0));
    DiscoveringEnumerator enumerator =
        start(new RestEnumState(false, Set.of(), List.of(kept)), Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    discover(inputs(1));
    startEmpty(enumerator, 0, 1, 2);

    assertThat(inputsOf(0)).isEqualTo(inputs(1));
    assertThat(enumerator.snapshotState(1))
        .isEqualTo(new RestEnumState(false, Set.copyOf(inputs(1)), List.of(kept)));
  }

  @Test
  void whatACheckpointKnowsIsCheckedOnceAgainstWhatIsFound() throws Throwable {
    RestSplit waiting = RestSplit.fresh(inputs(1).get(0));
    DiscoveringEnumerator enumerator =
        start(new RestEnumState(false, Set.copyOf(inputs(0)), List.of(waiting)), Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    discover(inputs(0, 2));
    discover(inputs(3));

    assertThat(checked).containsExactly(Set.copyOf(inputs(0, 1)), Set.copyOf(inputs(0, 2)));
    assertThatThrownBy(enumerator::close).isInstanceOf(IOException.class);
  }

  @Test
  void aBoundedReadDiscoversOnceAndTellsThatThatIsAll() throws Throwable {
    DiscoveringEnumerator enumerator = start(RestEnumState.initial(true), Integer.MAX_VALUE);
    register(enumerator, 0, 1, 2);
    there = inputs(0);
    context.getExecutorService().triggerAll();
    startEmpty(enumerator, 0, 1, 2);

    assertThat(context.getSplitAssignments())
        .allSatisfy((reader, all) -> assertThat(all.hasReceivedNoMoreSplitsSignal()).isTrue());
    assertThat(context.getExecutorService().getAllPeriodicScheduledTask()).isEmpty();
    assertThat(counts()).containsExactly(1, 0, 0);
  }
}
