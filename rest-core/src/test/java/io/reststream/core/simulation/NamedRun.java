package io.reststream.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.Wait;
import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A named life, lived once under one engine, with one crash at most. */
final class NamedRun {
  private static final String INPUT = "feed";
  private static final int MOST_POLLS = 500;
  private static final int QUIET_CYCLES = 3;
  private static final int QUIET_PAGES = 15;
  private static final int NO_CRASH = -1;

  private final NamedLife life;
  private final int crashAt;
  private final ScriptedApi api;
  private final ManualClock clock = new ManualClock();
  private final Engine engine;
  private RestConfig config;
  private RestPoller poller;
  private boolean mended;
  private @Nullable String error;
  private int step;
  private int quietCycles;
  private int quietPages;
  private int restingCycles;
  private int restingRequests;

  private NamedRun(NamedLife life, Plan.EngineKind kind, int crashAt) {
    this.life = life;
    this.crashAt = crashAt;
    api = life.api().get();
    Dice dice = new Dice(crashAt);
    engine = kind == Plan.EngineKind.FLINK ? new FlinkEngine(dice) : new SparkEngine(dice, 2);
    config = RestConfig.parse(life.options(), ReadMode.STREAM);
    poller = open();
  }

  private RestPoller open() {
    return new RestPoller(config, api, clock, () -> 0.5);
  }

  /** Lives it without a crash, and then with one at each step in turn. */
  static void everyCrash(NamedLife life, Plan.EngineKind kind) {
    int steps = new NamedRun(life, kind, NO_CRASH).live();
    for (int crash = 0; crash < steps; crash++) {
      new NamedRun(life, kind, crash).live();
    }
  }

  /** How many requests an idle feed gets in one cycle. */
  static double requestsPerIdleCycle(NamedLife life) {
    NamedRun run = new NamedRun(life, Plan.EngineKind.FLINK, NO_CRASH);
    run.live();
    return (double) run.restingRequests / run.restingCycles;
  }

  private int live() {
    for (int polls = 0; !isAtRest() && error == null; polls++) {
      assertThat(polls).as("%s, crash at %d: polls", life.name(), crashAt).isLessThan(MOST_POLLS);
      poll();
      crashIfItIsTime();
      engine.work();
      crashIfItIsTime();
    }
    engine.finish();
    judge();
    return step;
  }

  private boolean isAtRest() {
    return quietCycles >= QUIET_CYCLES || quietPages >= QUIET_PAGES;
  }

  private void poll() {
    Position stored = engine.position(INPUT);
    Input input = config.inputs().get(0);
    int before = api.requests();
    Polled polled;
    try {
      polled = poller.poll(input, stored == null ? poller.start() : stored).join();
    } catch (CompletionException e) {
      error = String.valueOf(e.getCause().getMessage());
      mend();
      return;
    }
    if (polled instanceof Wait wait) {
      clock.advance(Duration.between(clock.instant(), wait.until()));
      return;
    }
    Page page = (Page) polled;
    if (crashIfItIsTime()) {
      return;
    }
    engine.accept(INPUT, page.records().texts(), Position.parse(page.next().json()));
    if (!page.records().isEmpty()) {
      quietCycles = 0;
      quietPages = 0;
      return;
    }
    quietPages = page.info().dropped() == 0 ? quietPages + 1 : 0;
    quietCycles += page.next().betweenCycles() ? 1 : 0;
    restingCycles += page.next().betweenCycles() ? 1 : 0;
    restingRequests += api.requests() - before;
  }

  /** Does as the error says, once. */
  private void mend() {
    if (life.remedy() == null || mended) {
      return;
    }
    assertThat(error).as(life.name()).contains(life.error());
    mended = true;
    error = null;
    Map<String, String> options = new LinkedHashMap<>(life.options());
    options.putAll(life.remedy());
    config = RestConfig.parse(options, ReadMode.STREAM);
    poller = open();
  }

  private boolean crashIfItIsTime() {
    if (step++ != crashAt) {
      return false;
    }
    engine.crash();
    api.crashed();
    clock.advance(life.outage());
    poller = open();
    quietCycles = 0;
    quietPages = 0;
    return true;
  }

  private void judge() {
    String when = life.name() + ", crash at step " + crashAt;
    if (life.error() == null || life.remedy() != null) {
      assertThat(error).as(when).isNull();
    } else {
      assertThat(error).as(when).contains(life.error());
    }
    if (crashAt == NO_CRASH) {
      assertThat(mended).as(when).isEqualTo(life.remedy() != null);
    }
    List<String> left = new ArrayList<>(engine.delivered(INPUT));
    List<String> lost = new ArrayList<>();
    for (ScriptedApi.Entry entry : api.published()) {
      if (!left.remove(entry.json()) && !entry.optional()) {
        lost.add(entry.json());
      }
    }
    assertThat(left).as("%s: too many", when).isEmpty();
    if (error == null) {
      assertThat(api.isToldToTheEnd()).as("%s: all that was to happen did", when).isTrue();
      assertThat(lost).as("%s: lost", when).isEmpty();
    }
  }
}
