package io.reststream.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A reader that a scenario drives.
 *
 * <p>A failure of the reader is thrown by the call in which it is seen, with its cause.
 */
public interface ScenarioRun extends AutoCloseable {

  /**
   * Reads until at least {@code expectedCount} records were delivered since {@link
   * ScenarioRunner#open}, and then polls for at least one whole cycle more, so that a record that
   * is delivered again would show. A reader with threads of its own waits for that with {@link
   * FakeApi#awaitReadToTheEnd} (two times).
   *
   * @throws AssertionError if that has not come about within {@code limit} of real time
   */
  void drain(int expectedCount, Duration limit) throws Exception;

  /** Stops as after a crash or a cancel, and resumes from the state that was saved last. */
  void restart() throws Exception;

  /** All records delivered since {@link ScenarioRunner#open}, as JSON text, in any order. */
  List<String> delivered() throws Exception;

  /** The time that the reader lives by; a reader on a {@link ManualClock} gives that one's. */
  default Instant now() {
    return Instant.now();
  }

  /**
   * Whether the time of {@link #now} passes only between cycles, so that requests can be counted
   * exactly.
   */
  default boolean countsExactly() {
    return false;
  }

  /** Stops for good; {@link #delivered} still answers. */
  @Override
  void close() throws Exception;
}
