package io.reststream.flink.split;

import io.reststream.core.Input;
import io.reststream.core.Position;
import io.reststream.core.Stretch;
import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * One input, or a stretch of it, and where its stream stands: what is assigned to a reader and what
 * a checkpoint holds.
 *
 * @param input the input; its content is the split's identity
 * @param stretch what tells it from other splits of the input; null for the one that goes on
 * @param position the position after the last page that reached the job; null when there was none
 * @param rest what that page has left to emit; null when all of it was emitted
 * @param last whether that page was the last one of a bounded read, or of a stretch
 * @param round 0, but where a split that its reader has kept is assigned to it again: Flink wants a
 *     name that it has not seen end, so each such assignment has a number of its own. The split
 *     itself stays with its reader, and the assignment has no position. Never in a checkpoint.
 */
public record RestSplit(
    Input input,
    @Nullable String stretch,
    @Nullable Position position,
    @Nullable PageRest rest,
    boolean last,
    int round)
    implements SourceSplit {

  /** The split as it is first assigned, and as a checkpoint holds it. */
  public RestSplit(
      Input input,
      @Nullable String stretch,
      @Nullable Position position,
      @Nullable PageRest rest,
      boolean last) {
    this(input, stretch, position, rest, last, 0);
  }

  /** The split of a whole input. */
  public RestSplit(
      Input input, @Nullable Position position, @Nullable PageRest rest, boolean last) {
    this(input, null, position, rest, last);
  }

  /** The split of an input that was never read. */
  public static RestSplit fresh(Input input) {
    return new RestSplit(input, null, null, false);
  }

  /** The split of a stretch that was never read. */
  public static RestSplit of(Input input, Stretch stretch) {
    return new RestSplit(input, stretch.name(), stretch.start(), null, false);
  }

  /** The assignment of a split to the reader that keeps it. */
  public static RestSplit again(SplitName name, int round) {
    return new RestSplit(name.input(), name.stretch(), null, null, false, round);
  }

  /** The same split, under the name that it has in that round. */
  public RestSplit inRound(int number) {
    return number == round ? this : new RestSplit(input, stretch, position, rest, last, number);
  }

  /** Its name in all rounds. */
  public SplitName name() {
    return new SplitName(input, stretch);
  }

  /** Whether there is nothing left to do here. */
  public boolean finished() {
    return last && rest == null;
  }

  @Override
  public String splitId() {
    return round == 0 ? name().toString() : name() + " #" + round;
  }

  /** Short, since Flink logs it: neither the position nor the records. */
  @Override
  public String toString() {
    return "RestSplit{%s, %s}"
        .formatted(
            splitId(), rest != null ? rest : position == null ? "not read yet" : "nothing left");
  }
}
