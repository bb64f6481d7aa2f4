package io.reststream.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One behaviour of an API, written down once and run against the core and against every engine: the
 * options of the reader, the API, what happens, and what must have been delivered in the end.
 *
 * <pre>{@code
 * Scenario.named("a tie at the offset, appended later")
 *     .serve(Endpoint.at("/changes").since("since", "ts"))
 *     .options("url", "{base}/changes?since={ts}", "offsetType", "max_field", "offsetField", "ts")
 *     .records("{'id':#,'ts':$}").at(1, 2, 2).drain().at(2).drain().restart().at(3).drain()
 *     .build();
 * }</pre>
 *
 * <p>In the options and the records {@code <start>} stands for the whole second in which it begins
 * and {@code <now>} for the present, by the reader's clock, {@code <epoch>} for the present in
 * seconds since 1970, and {@code <start-2000>} for 2000 ms before.
 *
 * @param name the behaviour in a few words, unique in the table
 * @param options the reader's options; {@code {base}} in a value stands for the API's address, and
 *     {@code {door}} for that of its {@link Door}
 * @param setUp prepares an API before the reader starts
 * @param steps what happens, in this order
 * @param expectation what must come of it
 */
public record Scenario(
    String name,
    Map<String, String> options,
    Consumer<FakeApi> setUp,
    List<Step> steps,
    Expectation expectation) {

  static final String BASE = "{base}";
  private static final String DOOR = "{door}";

  /** A scenario to be described by further calls. */
  public static ScenarioBuilder named(String name) {
    return new ScenarioBuilder(name);
  }

  /**
   * Runs this scenario: starts the API, opens the reader, takes the steps, compares.
   *
   * @throws AssertionError if records are missing, or come twice, or come unasked, or the expected
   *     error does not; it says which, and lists the requests
   */
  public void run(ScenarioRunner runner) {
    new ScenarioDriver(this, runner).run();
  }

  Map<String, String> optionsFor(FakeApi api, ScenarioTimes times) {
    Map<String, String> filled = new LinkedHashMap<>();
    options.forEach(
        (key, value) -> {
          String based = value.replace(BASE, api.url());
          String whole = based.contains(DOOR) ? based.replace(DOOR, api.door().url()) : based;
          filled.put(key, times.fill(whole));
        });
    return filled;
  }

  @Override
  public String toString() {
    return name;
  }
}
