package io.reststream.flink.kill;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the {@link Witness}es report to. One report at a time can be waited for: the process that
 * sends it stands still until it was dealt with.
 */
final class Ambush implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final FakeApi reports = FakeApi.start();
  private @Nullable String wanted;
  private int passing;
  private @Nullable Report caught;

  /**
   * @param event as the witness names it
   * @param checkpoint the number of the checkpoint that it is about; 0 if about none
   */
  record Report(String event, long pid, long checkpoint) {}

  Ambush() {
    reports.serve("/{event}", this::arrive);
  }

  String address() {
    return reports.url();
  }

  private Answer arrive(Request request) {
    String event = request.params().get("event");
    long pid = Long.parseLong(request.params().get("pid"));
    long checkpoint = Long.parseLong(request.params().get("checkpoint"));
    hold(new Report(event, pid, checkpoint));
    return Answer.status(204);
  }

  /** Keeps the sender waiting if this is the report that is waited for. */
  private synchronized void hold(Report report) {
    if (caught != null || !report.event().equals(wanted) || passing-- > 0) {
      return;
    }
    caught = report;
    notifyAll();
    while (caught == report) {
      waitForChange(LIMIT);
    }
  }

  /**
   * Waits for a report of {@code event}, after {@code passing} others of its kind.
   *
   * @param deal what is done while the sender stands still
   */
  <T> T at(String event, int passing, Function<Report, T> deal) {
    Report report = await(event, passing);
    try {
      return deal.apply(report);
    } finally {
      release();
    }
  }

  private synchronized Report await(String event, int others) {
    wanted = event;
    passing = others;
    long end = System.nanoTime() + LIMIT.toNanos();
    while (caught == null) {
      if (System.nanoTime() > end) {
        throw new AssertionError("No task reported '%s' within %s".formatted(wanted, LIMIT));
      }
      waitForChange(Duration.ofSeconds(1));
    }
    return caught;
  }

  private synchronized void release() {
    wanted = null;
    caught = null;
    notifyAll();
  }

  private void waitForChange(Duration limit) {
    try {
      wait(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for a report", e);
    }
  }

  @Override
  public void close() {
    reports.close();
  }
}
