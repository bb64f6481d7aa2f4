package io.reststream.core.simulation;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.PositionException;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.Wait;
import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One life of a stream, from its first request until its API has long been quiet. */
final class Life {
  /** More than any life needs to come to rest. */
  private static final int MOST_POLLS = 3_000;

  /** So many cycles must pass without a new record, or so many empty pages of one without end. */
  private static final int QUIET_CYCLES = 3;

  private static final int QUIET_PAGES = 15;

  private final Dice dice;
  private final Trace trace;
  private final Plan plan;
  private final ManualClock clock = new ManualClock();
  private final SimulatedApi api;
  private final TokenDoor door;
  private final Engine engine;
  private final Map<String, Integer> quietCycles = new HashMap<>();
  private final Map<String, Integer> quietPages = new HashMap<>();
  private final Map<String, String> options;
  private final Lateness lateness;
  private RestConfig config;
  private RestPoller poller;
  private int turn;
  private int waits;
  private int crashes;

  /** Whether an error has said that a cycle no longer knows its first records. */
  private boolean repeats;

  /** What a life came to. */
  record Summary(long requests, long faults, long unchanged, int crashes, int records) {}

  private Life(long seed, boolean told) {
    dice = new Dice(seed);
    trace = new Trace(told);
    plan = new Plan(dice);
    api = new SimulatedApi(plan, dice, clock, trace);
    door = new TokenDoor(api, plan, dice, clock, trace);
    engine = Engine.of(plan, dice);
    options = PlannedOptions.of(plan, dice);
    options.putAll(door.options());
    lateness = new Lateness(plan);
    config = RestConfig.parse(options, ReadMode.STREAM);
    poller = open(config);
    trace.add("seed %d", seed);
    trace.add("drawn %s", plan);
    trace.add("options %s", options);
  }

  private RestPoller open(RestConfig opened) {
    return new RestPoller(opened, door, clock, dice::fraction);
  }

  /**
   * Lives the life of a seed.
   *
   * @throws LostLife with the whole story if a record was lost or came twice
   */
  static Summary live(long seed) {
    try {
      return new Life(seed, false).live();
    } catch (RuntimeException e) {
      Life again = new Life(seed, true);
      try {
        again.live();
      } catch (RuntimeException known) {
        throw new LostLife(seed, again.trace.toString(), known);
      }
      throw new IllegalStateException("The life of seed " + seed + " is not the same again", e);
    }
  }

  /** The story of a seed, whatever its end. */
  static String tell(long seed) {
    Life life = new Life(seed, true);
    life.live();
    return life.trace.toString();
  }

  private Summary live() {
    for (int step = 0; step < plan.steps; step++) {
      if (dice.chance(plan.appends)) {
        api.publish();
      }
      if (dice.chance(0.02)) {
        api.forget();
      }
      poll();
      if (dice.chance(plan.crashes)) {
        crash("while a page was moved");
      }
      engine.work();
      if (dice.chance(plan.crashes)) {
        crash("between two polls");
      }
      if (dice.chance(0.3)) {
        clock.advance(Duration.ofMillis(dice.between(1, 4_000)));
      }
    }
    api.quiet();
    door.quiet();
    quietCycles.clear();
    quietPages.clear();
    trace.add("the API is quiet from now on");
    for (int polls = 0; !isAtRest(); polls++) {
      if (polls == MOST_POLLS) {
        throw new IllegalStateException("It did not come to rest in " + MOST_POLLS + " polls");
      }
      poll();
      engine.work();
    }
    engine.finish();
    Verdict verdict = new Verdict(plan, repeats);
    api.feeds()
        .forEach((name, feed) -> verdict.check(name, feed, engine.delivered(name), lateness));
    return new Summary(api.requests(), api.faults(), api.unchanged(), crashes, verdict.records());
  }

  private boolean isAtRest() {
    return config.inputs().stream()
        .map(Life::name)
        .allMatch(
            name ->
                quietCycles.getOrDefault(name, 0) >= (plan.isSlowlyRead() ? 30 : QUIET_CYCLES)
                    || quietPages.getOrDefault(name, 0) >= QUIET_PAGES);
  }

  private static String name(Input input) {
    return String.valueOf(input.values().get("feed"));
  }

  private void poll() {
    List<Input> inputs = config.inputs();
    Input input = inputs.get(turn++ % inputs.size());
    String name = name(input);
    Position position = engine.position(name);
    Position from = position == null ? poller.start() : position;
    if (trace.isKept()) {
      String shown = from.json().replaceAll("[\\w+/-]{22,}|\"of\":\"[^\"]*\",", "*");
      trace.add("%s %s polls from %s", clock.instant(), name, shown);
    }
    long before = api.requests();
    CompletableFuture<Polled> future = poller.poll(input, from);
    try {
      Polled polled = future.getNow(null);
      if (polled instanceof Wait wait) {
        await(wait, inputs.size());
      } else if (polled instanceof Page page) {
        accept(name, page);
      } else {
        throw new IllegalStateException("A poll was not answered at once");
      }
    } catch (CompletionException e) {
      failed(e.getCause(), door.failed() || (api.requests() > before && api.failed()));
    }
  }

  private void await(Wait wait, int inputs) {
    Instant now = clock.instant();
    trace.add("  waits until %s: %s", wait.until(), wait.why());
    if (wait.until().isBefore(now)) {
      throw new IllegalStateException(
          "It waits until %s, but it is %s".formatted(wait.until(), now));
    }
    waits++;
    if (waits >= inputs) {
      waits = 0;
      clock.advance(Duration.between(now, wait.until()));
    }
  }

  private void accept(String name, Page page) {
    waits = 0;
    if (trace.isKept()) {
      trace.add("  new: %s, dropped: %d", page.records().texts(), page.info().dropped());
    }
    page.warnings().forEach(warning -> trace.add("  warning: %s", warning));
    Position next = page.next();
    String json = next.json();
    Position again = Position.parse(json);
    if (!again.json().equals(json) || again.betweenCycles() != next.betweenCycles()) {
      throw new IllegalStateException("A position is not read as it was written: " + next);
    }
    if (!api.isQuiet() && dice.chance(plan.crashes)) {
      crash("between poll and store");
      return;
    }
    engine.accept(name, page.records().texts(), again);
    lateness.accepted(name, json);
    if (!page.records().isEmpty()) {
      quietCycles.put(name, 0);
      quietPages.put(name, 0);
    } else {
      int empty = page.info().dropped() == 0 ? quietPages.getOrDefault(name, 0) + 1 : 0;
      quietPages.put(name, empty);
      quietCycles.merge(name, next.betweenCycles() ? 1 : 0, Integer::sum);
    }
  }

  private void failed(Throwable failure, boolean expected) {
    waits = 0;
    trace.add("  failed: %s", failure.getMessage());
    String message = String.valueOf(failure.getMessage());
    if (message.contains("'maxKeys' (%d)".formatted(plan.maxKeys))
        || message.contains("'maxKeys' is %d".formatted(plan.maxKeys))) {
      doAsTold("maxKeys", "100000");
      return;
    }
    if (plan.sort != Plan.Sort.OLDEST_FIRST
        && message.contains("the option 'order' was taken for 'ascending' after")) {
      options.put("acceptChanges", "order");
      repeats = repeats || message.contains("which may come again");
      doAsTold("order", "none");
      return;
    }
    if (!expected) {
      throw new IllegalStateException("It failed, but the API did not: " + message, failure);
    }
    clock.advance(Duration.ofMillis(dice.between(0, 30_000)));
    if (dice.chance(0.3)) {
      crash("because of it");
    }
  }

  /** Sets the option that an error names. */
  private void doAsTold(String option, String value) {
    options.put(option, value);
    config = RestConfig.parse(options, ReadMode.STREAM);
    poller = open(config);
  }

  /** The process dies and comes back, perhaps much later. */
  private void crash(String when) {
    if (api.isQuiet()) {
      return;
    }
    crashes++;
    engine.crash();
    trace.add("crash %s", when);
    clock.advance(Duration.ofSeconds(dice.chance(0.5) ? 0 : dice.chance(0.5) ? 5 : 3_600));
    if (dice.chance(0.3)) {
      api.forget();
    }
    refuseOthers();
    // The rows of the inputs may come in another order, and what is harmless may change.
    if (dice.chance(0.2)) {
      options.put("inputData", PlannedOptions.inputData(plan, dice));
      options.put("streamingInterval", dice.one("10", "1s", "500ms", "2m"));
      if (plan.lookback > 0) {
        int longer = plan.lookback + dice.between(0, 10);
        options.put("lookback", plan.form.span(longer, dice.below(3)));
      }
      config = RestConfig.parse(options, ReadMode.STREAM);
    }
    poller = open(config);
  }

  /** A position is refused under options that give it another meaning, before anything is asked. */
  private void refuseOthers() {
    if (!dice.chance(0.1)) {
      return;
    }
    Map<String, Map<String, String>> others = PlannedOptions.others(plan, options);
    String changed = dice.one(others.keySet().toArray(new String[0]));
    RestConfig other = RestConfig.parse(others.get(changed), ReadMode.STREAM);
    for (Input input : other.inputs()) {
      Position position = engine.position(name(input));
      if (position == null) {
        continue;
      }
      long before = api.requests();
      @Nullable Throwable refusal =
          open(other).poll(input, position).handle((page, failure) -> failure).join();
      if (!(refusal instanceof PositionException)
          || !refusal.getMessage().contains(changed)
          || api.requests() > before) {
        throw new IllegalStateException(
            "A position was not refused when '%s' had changed: %s".formatted(changed, refusal));
      }
    }
  }
}
