package io.reststream.flink.kill;

import io.reststream.flink.kill.Ambush.Report;
import io.reststream.testkit.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Kills TaskManagers, each at a moment that is brought about and then certain. */
final class Killer {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration COMPLETION = Duration.ofSeconds(10);
  private static final int MOST_REQUESTS = 200;
  private static final int MOST_PASSING = 3;

  private final RandomGenerator random;
  private final StandaloneFlink flink;
  private final WitnessedJob job;
  private final LiveApi api;
  private final Ambush ambush;
  private final Map<Moment, Integer> kills = new EnumMap<>(Moment.class);

  Killer(
      RandomGenerator random, StandaloneFlink flink, WitnessedJob job, LiveApi api, Ambush ambush) {
    this.random = random;
    this.flink = flink;
    this.job = job;
    this.api = api;
    this.ambush = ambush;
  }

  /** How many were killed, by moment. */
  Map<Moment, Integer> kills() {
    return kills;
  }

  void killAt(Moment moment) throws Exception {
    switch (moment) {
      case REQUEST_OPEN -> api.whileRequestsAreOpen(Fault::held, () -> kill(moment, any()));
      case ANSWER_OPEN -> api.whileRequestsAreOpen(Fault::stalled, () -> kill(moment, any()));
      case RECORD_EMITTED -> killAt(moment, "emitting", random.nextInt(MOST_PASSING));
      case STATE_BEING_SAVED -> killAt(moment, "saving", random.nextInt(MOST_PASSING));
      case CHECKPOINT_COMPLETE -> killBeforeCommit();
      case CHECKPOINT_COMMITTED -> killAt(moment, "committed", random.nextInt(MOST_PASSING));
      case STATE_BEING_RESTORED -> {
        killAt(Moment.ANY);
        killAt(moment, "restoring", 0);
      }
      case ANY -> {
        int more = 1 + random.nextInt(MOST_REQUESTS);
        api.api().awaitRequests(api.api().requests().size() + more, LIMIT);
        kill(moment, any());
      }
    }
  }

  private long any() {
    List<Long> pids = flink.taskManagers();
    return pids.get(random.nextInt(pids.size()));
  }

  private void killAt(Moment moment, String event, int passing) {
    boolean killed = false;
    while (!killed) {
      killed = ambush.at(event, passing, report -> killIfAlive(moment, report));
    }
  }

  /** What a process said just before it was killed may arrive after its end. */
  private boolean killIfAlive(Moment moment, Report report) {
    boolean alive = flink.taskManagers().contains(report.pid());
    if (alive) {
      kill(moment, report.pid());
    }
    return alive;
  }

  /**
   * A task that stands still at the first record after its snapshot cannot be told that the
   * checkpoint is complete. Where another task's failure keeps it from completing, the next one is
   * tried.
   */
  private void killBeforeCommit() {
    boolean killed = false;
    while (!killed) {
      killed = ambush.at("emitting-after", 0, this::killIfCompleted);
    }
  }

  private boolean killIfCompleted(Report report) {
    long end = System.nanoTime() + COMPLETION.toNanos();
    while (System.nanoTime() < end) {
      if (completed(report.checkpoint())) {
        return killIfAlive(Moment.CHECKPOINT_COMPLETE, report);
      }
    }
    return false;
  }

  private boolean completed(long checkpoint) {
    try {
      return job.completedCheckpoint() >= checkpoint;
    } catch (Exception e) {
      throw new AssertionError("The checkpoints cannot be seen", e);
    }
  }

  private void kill(Moment moment, long pid) {
    try {
      flink.replace(pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kills.merge(moment, 1, Integer::sum);
  }
}
