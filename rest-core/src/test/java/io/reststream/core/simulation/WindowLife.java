package io.reststream.core.simulation;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.Stretch;
import io.reststream.core.Wait;
import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One life of a stream in windows, its stretches read side by side, until all is read. */
final class WindowLife {
  private static final int MOST_POLLS = 20_000;
  private static final Pattern START = Pattern.compile("\"window\":\\{\"start\":\"([^\"]*)\"");

  private final Dice dice;
  private final Trace trace;
  private final WindowPlan plan;
  private final ManualClock clock = new ManualClock();
  private final WindowApi api;
  private final Engine engine;
  private final Map<String, Position> starts = new LinkedHashMap<>();
  private final Map<String, String> options;
  private RestPoller poller;
  private boolean quiet;
  private int turn;
  private int waits;

  private WindowLife(long seed, boolean told) {
    dice = new Dice(seed);
    trace = new Trace(told);
    plan = new WindowPlan(dice);
    api = new WindowApi(plan, dice, clock, trace);
    engine = plan.sparkEngine ? new SparkEngine(dice, 5) : new FlinkEngine(dice);
    options = plan.options();
    poller = open();
    trace.add("seed %d%ndrawn %s%noptions %s", seed, plan, options);
    clock.advance(Duration.between(clock.instant(), WindowPlan.INITIAL.plusSeconds(plan.backlog)));
    Instant old = clock.instant().minusSeconds(plan.lag);
    api.publish(WindowPlan.INITIAL, old, dice.between(0, 3 + plan.backlog / 2));
    RestConfig config = RestConfig.parse(options, plan.mode);
    if (plan.stretches) {
      Stretch.of(config, clock.instant())
          .forEach(part -> starts.put(String.valueOf(part.name()), part.start()));
    } else {
      starts.put("all", poller.start());
    }
    trace.add("stretches %s", starts.keySet());
  }

  private RestPoller open() {
    return new RestPoller(RestConfig.parse(options, plan.mode), api, clock, dice::fraction);
  }

  /**
   * Lives the life of a seed, and gives how many requests it took.
   *
   * @throws LostLife with the whole story if a record was lost or came twice
   */
  static long live(long seed) {
    WindowLife life = new WindowLife(seed, false);
    try {
      return life.live();
    } catch (RuntimeException e) {
      WindowLife again = new WindowLife(seed, true);
      try {
        again.live();
      } catch (RuntimeException known) {
        throw new LostLife("WindowLivesTest", seed, again.trace.toString(), known);
      }
      throw new IllegalStateException("The life of seed " + seed + " is not the same again", e);
    }
  }

  /** The story of a seed. */
  static String tell(long seed) {
    WindowLife life = new WindowLife(seed, true);
    life.live();
    return life.trace.toString();
  }

  private long live() {
    for (int step = 0; step < plan.steps; step++) {
      if (plan.mode == ReadMode.STREAM && dice.chance(plan.appends)) {
        Instant late = clock.instant().minusSeconds(plan.lag);
        Instant from = late.isBefore(WindowPlan.INITIAL) ? WindowPlan.INITIAL : late;
        api.publish(from, clock.instant(), dice.between(1, 5));
      }
      poll();
      if (dice.chance(plan.crashes)) {
        crash();
      }
      engine.work();
      if (dice.chance(0.3)) {
        clock.advance(Duration.ofMillis(dice.between(1, 4_000)));
      }
    }
    quiet = true;
    api.quiet();
    trace.add("the API is quiet from now on");
    for (int polls = 0; !isAtRest(); polls++) {
      if (polls == MOST_POLLS) {
        throw new IllegalStateException("It did not come to rest in " + MOST_POLLS + " polls");
      }
      poll();
      engine.work();
    }
    engine.finish();
    compare();
    return api.requests();
  }

  private Position position(String name) {
    Position stored = engine.position(name);
    return stored == null ? starts.get(name) : stored;
  }

  private List<String> open(Map<String, Position> all) {
    return all.keySet().stream().filter(name -> !isOver(position(name))).toList();
  }

  private boolean isOver(Position position) {
    return position.isAtTheEnd();
  }

  private boolean isAtRest() {
    List<String> open = open(starts);
    Instant last =
        api.items().stream()
            .map(WindowApi.Item::time)
            .max(Instant::compareTo)
            .orElse(WindowPlan.INITIAL);
    // Nothing is open any more, or all that goes on is past the last record.
    return open.isEmpty()
        || (plan.mode == ReadMode.STREAM
            && open.size() == 1
            && nextWindow(position(open.get(0))).isAfter(last.plusSeconds(1)));
  }

  /** Where the window starts that is asked for next; long ago before the first one was. */
  private static Instant nextWindow(Position position) {
    Matcher start = START.matcher(position.json());
    return position.betweenCycles() && start.find() ? Instant.parse(start.group(1)) : Instant.EPOCH;
  }

  private void poll() {
    List<String> open = open(starts);
    if (open.isEmpty()) {
      return;
    }
    String name = open.get(turn++ % open.size());
    Position from = position(name);
    if (trace.isKept()) {
      trace.add(
          "%s %s polls from %s",
          clock.instant(), name, from.json().replaceAll("\"of\":\"[^\"]*\",", ""));
    }
    long before = api.requests();
    try {
      Polled polled = poller.poll(Input.EMPTY, from).getNow(null);
      if (polled instanceof Wait wait) {
        await(wait, open.size());
      } else if (polled instanceof Page page) {
        accept(name, page);
      } else {
        throw new IllegalStateException("A poll was not answered at once");
      }
    } catch (CompletionException e) {
      if (api.requests() == before || !api.failed()) {
        throw new IllegalStateException("It failed, but the API did not: " + e.getMessage(), e);
      }
      trace.add("  failed: %s", e.getMessage());
      crash();
    }
  }

  private void await(Wait wait, int open) {
    trace.add("  waits until %s: %s", wait.until(), wait.why());
    if (++waits >= open) {
      clock.advance(Duration.between(clock.instant(), wait.until()));
      waits = 0;
    }
  }

  private void accept(String name, Page page) {
    waits = 0;
    trace.add("  new: %s, dropped: %d", page.records().texts(), page.info().dropped());
    String json = page.next().json();
    Position again = Position.parse(json);
    if (!again.json().equals(json) || again.betweenCycles() != page.next().betweenCycles()) {
      throw new IllegalStateException("A position is not read as it was written: " + json);
    }
    if (dice.chance(plan.crashes)) {
      crash();
    } else {
      engine.accept(name, page.records().texts(), again);
    }
  }

  /** The process dies and comes back, perhaps with windows of another size. */
  private void crash() {
    if (quiet) {
      return;
    }
    engine.crash();
    trace.add("crash");
    clock.advance(Duration.ofSeconds(dice.one(0, 1, 30)));
    if (dice.chance(0.2)) {
      options.put("windowSize", dice.one(2, 5, 11, plan.size) + "s");
      trace.add("now %s", options);
    }
    poller = open();
  }

  private void compare() {
    List<String> due = new ArrayList<>(api.items().stream().map(WindowApi.Item::json).toList());
    List<String> delivered = new ArrayList<>();
    starts.keySet().forEach(name -> delivered.addAll(engine.delivered(name)));
    Collections.sort(due);
    Collections.sort(delivered);
    if (!due.equals(delivered)) {
      List<String> lost = new ArrayList<>(due);
      delivered.forEach(lost::remove);
      List<String> extra = new ArrayList<>(delivered);
      due.forEach(extra::remove);
      throw new IllegalStateException("Lost: %s, twice: %s".formatted(lost, extra));
    }
  }
}
