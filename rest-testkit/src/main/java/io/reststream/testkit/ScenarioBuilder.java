package io.reststream.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Describes a {@link Scenario} in one expression.
 *
 * <p>Records come from a template in which {@code #} stands for a number that no other record of
 * the scenario has, {@code $} for the value given to {@link #at}, and {@code '} for a double quote.
 */
public final class ScenarioBuilder {

  private final String name;
  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private Consumer<FakeApi> setUp = api -> {};
  private Expectation expectation = Expectation.everything();
  private String feed = "";
  private String template = "{'id':#,'ts':$}";
  private int number;

  ScenarioBuilder(String name) {
    this.name = name;
  }

  /** The API serves these endpoints. */
  public ScenarioBuilder serve(Endpoint... endpoints) {
    return setUp(api -> api.serve(endpoints));
  }

  /** The API is prepared in this way too. */
  public ScenarioBuilder setUp(Consumer<FakeApi> more) {
    setUp = setUp.andThen(more);
    return this;
  }

  /** The reader has these options: a key, its value, a key, and so on. */
  public ScenarioBuilder options(String... keysAndValues) {
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return this;
  }

  /** Records look like this from now on. */
  public ScenarioBuilder records(String newTemplate) {
    template = newTemplate;
    return this;
  }

  /** Records go to this feed from now on. */
  public ScenarioBuilder feed(String newFeed) {
    feed = newFeed;
    return this;
  }

  /** The API publishes, at once, a record of the template for each value. */
  public ScenarioBuilder at(Object... values) {
    return json(Stream.of(values).map(this::record).toArray(String[]::new));
  }

  private String record(Object value) {
    number++;
    return template
        .replace('\'', '"')
        .replace("#", Integer.toString(number))
        .replace("$", value.toString());
  }

  /** The API publishes, at once, records of exactly these texts. */
  public ScenarioBuilder json(String... records) {
    return step(new Step.Append(feed, List.of(records)));
  }

  /** The reader starts here, and not before the first step. */
  public ScenarioBuilder open() {
    return step(new Step.Open());
  }

  /** The reader reads all that is due. */
  public ScenarioBuilder drain() {
    return step(new Step.Drain());
  }

  /** The reader reads all that is due with so many requests, and so many in each cycle after it. */
  public ScenarioBuilder drain(int needed, int idle) {
    return step(new Step.Frugal(needed, idle));
  }

  /** The reader stops and resumes. */
  public ScenarioBuilder restart() {
    return step(new Step.Restart());
  }

  /** The next requests meet these faults. */
  public ScenarioBuilder fault(Fault... faults) {
    return step(new Step.Faults(List.of(faults)));
  }

  /**
   * The next request is told that there were too many: a header, its value, a header, and so on.
   */
  public ScenarioBuilder limit(int status, String... headers) {
    Map<String, String> told = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      told.put(headers[i], headers[i + 1]);
    }
    return step(new Step.Limited(status, told));
  }

  /** The reader polls on without anything new, no more often than it should. */
  public ScenarioBuilder idle(int polls) {
    return step(new Step.Idle(polls));
  }

  /** The test does something else to the API. */
  public ScenarioBuilder run(Consumer<FakeApi> action) {
    return step(new Step.Run(action));
  }

  /** The usual life: three records, two more, a restart, a sixth; drained each time. */
  public ScenarioBuilder life(Object... six) {
    return at(six[0], six[1], six[2])
        .drain()
        .at(six[3], six[4])
        .drain()
        .restart()
        .at(six[5])
        .drain();
  }

  private ScenarioBuilder step(Step step) {
    steps.add(step);
    return this;
  }

  /** Only these records are due. */
  public ScenarioBuilder expect(Predicate<FeedRecord> due) {
    expectation = new Expectation.Delivered(due);
    return this;
  }

  /** The reader fails with a message that contains {@code text}. */
  public ScenarioBuilder expectFailure(String text) {
    expectation = new Expectation.Failure(text, false);
    return this;
  }

  /**
   * The reader fails with exactly this message, in which {@code {base}} stands for the API's
   * address.
   */
  public ScenarioBuilder expectMessage(String message) {
    expectation = new Expectation.Failure(message, true);
    return this;
  }

  /** The scenario described so far. */
  public Scenario build() {
    Map<String, String> inOrder = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    return new Scenario(name, inOrder, setUp, List.copyOf(steps), expectation);
  }
}
