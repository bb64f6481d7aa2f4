package io.reststream.testkit;

import java.time.Instant;
import java.util.Map;

/** Opens readers for scenarios; one for the core and one for each engine, in their tests. */
@FunctionalInterface
public interface ScenarioRunner {

  /**
   * Opens a reader, which need not read before it is drained.
   *
   * @param options the scenario's options, with the API's address filled in and a short {@code
   *     streamingInterval}
   */
  ScenarioRun open(Scenario scenario, FakeApi api, Map<String, String> options) throws Exception;

  /** The time by which its readers live when they start. */
  default Instant now() {
    return Instant.now();
  }
}
