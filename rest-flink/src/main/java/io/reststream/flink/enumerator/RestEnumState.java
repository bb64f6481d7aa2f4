package io.reststream.flink.enumerator;

import io.reststream.core.Input;
import io.reststream.flink.split.RestSplit;
import java.util.List;
import java.util.Set;

/**
 * What the enumerator knows, in a checkpoint. Inputs that {@code inputData} no longer names stay in
 * it, so that they resume when they are named again.
 *
 * @param bounded whether the job reads one cycle of each input and ends
 * @param assigned the inputs of which a reader has a split, or has finished one; these are in its
 *     state
 * @param unassigned the splits that no reader has
 */
public record RestEnumState(boolean bounded, Set<Input> assigned, List<RestSplit> unassigned) {
  public RestEnumState {
    assigned = Set.copyOf(assigned);
    unassigned = List.copyOf(unassigned);
  }

  /** The state of a job that starts without a checkpoint. */
  public static RestEnumState initial(boolean bounded) {
    return new RestEnumState(bounded, Set.of(), List.of());
  }
}
