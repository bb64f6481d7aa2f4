package io.reststream.flink.enumerator;

import io.reststream.core.Input;
import java.util.Set;

/** Finds the inputs of a job that discovers them. */
public interface InputFinder extends AutoCloseable {

  /**
   * All inputs that there are now.
   *
   * @throws Exception fails the job
   */
  Set<Input> find() throws Exception;

  /**
   * Refuses what cannot be meant.
   *
   * @param stored the inputs that a checkpoint knows
   * @param found what was found first
   * @throws io.reststream.core.PositionException naming the option that accepts it
   */
  void check(Set<Input> stored, Set<Input> found);
}
