package io.reststream.spark.stream;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.RestException;
import io.reststream.core.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches pages of all inputs that are due, a few at a time, and keeps them until they are taken.
 * After a batch was taken it goes on with the next one, so that fetching and processing overlap.
 * What it holds is in memory only: a position counts once it was taken and made durable.
 *
 * <p>It has no thread: requests are started by {@link #take}, and by the answers that come in.
 */
final class Fetcher implements AutoCloseable {
  /** How many requests are under way at once, each for another input, where no option says it. */
  static final int USUAL_REQUESTS = 8;

  /** How long a batch that holds records waits for inputs that are slow. */
  static final Duration LINGER = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

  /** Asks for the next page of an input. */
  @FunctionalInterface
  interface Polls {
    CompletableFuture<Polled> poll(Input input, Position position);
  }

  private final Polls polls;
  private final InstantSource clock;
  private final int batchSize;
  private final int mostRequests;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Lane> lanes;
  private final Deque<Lane> due = new ArrayDeque<>();
  private final PriorityQueue<Lane> waiting =
      new PriorityQueue<>(Comparator.comparing(Lane::notBefore));
  private final Map<Lane, CompletableFuture<Polled>> inFlight = new LinkedHashMap<>();
  private final ReadyPages ready = new ReadyPages();
  private long expected;
  private long goal;
  private boolean starting;
  private boolean closed;
  private @Nullable Drain drain;
  private @Nullable RuntimeException failure;
  private @Nullable Instant lastPoll;

  /**
   * A fetcher that has asked for nothing yet.
   *
   * @param mostRequests how many requests are under way at once at most, each for another input
   * @param positions where each input stands
   */
  Fetcher(
      Polls polls,
      InstantSource clock,
      int batchSize,
      int mostRequests,
      Map<Input, Position> positions) {
    this.polls = polls;
    this.clock = clock;
    this.batchSize = batchSize;
    this.mostRequests = mostRequests;
    this.goal = batchSize;
    this.lanes = new ArrayList<>(positions.size());
    positions.forEach((input, position) -> lanes.add(new Lane(input, position)));
    due.addAll(lanes);
  }

  /**
   * From now on each input is read for one cycle, after the one that is under way, and not asked
   * again.
   *
   * @param limit how long that may take; null for as long as it takes
   */
  void drain(@Nullable Duration limit) {
    lock.lock();
    try {
      // Whoever waits for a retry is told so again.
      due.addAll(waiting);
      waiting.clear();
      Set<Lane> queued = new HashSet<>(due);
      queued.addAll(inFlight.keySet());
      lanes.stream().filter(lane -> !queued.contains(lane)).forEach(due::add);
      lanes.forEach(Lane::drain);
      drain = new Drain(lanes.size(), limit == null ? null : clock.instant().plus(limit));
    } finally {
      lock.unlock();
    }
  }

  boolean isDraining() {
    lock.lock();
    try {
      return drain != null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes pages until they hold as many records as wanted, or nothing more is to be had for now. A
   * drain waits for what is not due yet, and otherwise nothing does.
   *
   * @param wait whether to wait for requests that are under way
   * @throws RestException what made a request fail, once all pages before it were taken
   * @throws CancellationException if the fetcher is closed, or is while this waits
   */
  Taken take(long wanted, boolean wait) throws InterruptedException {
    Taken taken = new Taken();
    long began = System.nanoTime();
    lock.lockInterruptibly();
    try {
      goal = Math.max(wanted, batchSize);
      while (!closed) {
        ready.moveTo(taken, wanted);
        startDue();
        if (!taken.has(wanted) && !ready.isEmpty()) {
          continue;
        }
        if (taken.has(wanted) || !wait || isOver(taken)) {
          break;
        }
        if (inFlight.isEmpty() && (drain == null || taken.records() > 0)) {
          break;
        }
        long lingers = LINGER.toNanos() - (System.nanoTime() - began);
        boolean mayLinger = taken.moved().isEmpty() || (drain != null && taken.records() > 0);
        if (!mayLinger && lingers <= 0) {
          break;
        }
        await(mayLinger ? Long.MAX_VALUE : lingers);
      }
      if (closed) {
        throw new CancellationException("The stream was stopped");
      }
      goal = batchSize;
      startDue();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is nothing to wait for: the requests failed, or the drain is done. */
  private boolean isOver(Taken taken) {
    if (failure != null) {
      if (taken.moved().isEmpty()) {
        throw failure;
      }
      return true;
    }
    if (drain != null && drain.isDone()) {
      taken.finish();
      return true;
    }
    return false;
  }

  /** Ends a drain whose time is over. */
  private void endLateDrain(Instant now) {
    if (drain != null && drain.isLate(now)) {
      LOG.warn(
          "The time of 'drainTimeout' is over, and {} of {} inputs have more to read. The next run"
              + " goes on from here.",
          drain.lanesLeft(),
          lanes.size());
      drain.end();
      abandon();
    }
  }

  private void abandon() {
    due.clear();
    waiting.clear();
    Collection<CompletableFuture<Polled>> requestsLeft = List.copyOf(inFlight.values());
    inFlight.clear();
    expected = 0;
    requestsLeft.forEach(request -> request.cancel(true));
  }

  private void await(long mostNanos) throws InterruptedException {
    long nanos = mostNanos;
    Instant now = clock.instant();
    Lane next = waiting.peek();
    if (next != null) {
      nanos = Math.min(nanos, nanosBetween(now, next.notBefore()));
    }
    Instant deadline = drain == null ? null : drain.deadline();
    if (deadline != null) {
      nanos = Math.min(nanos, nanosBetween(now, deadline));
    }
    if (nanos > 0) {
      long unused = changed.awaitNanos(nanos);
    }
  }

  private static long nanosBetween(Instant from, Instant to) {
    Duration between = Duration.between(from, to);
    return between.toDays() > 1 ? TimeUnit.DAYS.toNanos(1) : between.toNanos();
  }

  /** Starts requests for inputs that are due, as far as there is room for their pages. */
  private void startDue() {
    if (starting) {
      return;
    }
    starting = true;
    try {
      Instant now = clock.instant();
      endLateDrain(now);
      while (!waiting.isEmpty() && !waiting.element().notBefore().isAfter(now)) {
        due.addLast(waiting.remove());
      }
      while (!closed && failure == null && hasRoom() && !due.isEmpty()) {
        start(due.removeFirst());
      }
    } finally {
      starting = false;
    }
  }

  private boolean hasRoom() {
    return inFlight.size() < mostRequests && ready.hasRoom(goal, expected);
  }

  private void start(Lane lane) {
    CompletableFuture<Polled> request;
    try {
      request = polls.poll(lane.input(), lane.position());
    } catch (RuntimeException | Error e) {
      failure = unwrapped(e);
      return;
    }
    inFlight.put(lane, request);
    expected += lane.expected();
    request.whenComplete((polled, problem) -> arrived(lane, request, polled, problem));
  }

  private void arrived(
      Lane lane,
      CompletableFuture<Polled> request,
      @Nullable Polled polled,
      @Nullable Throwable problem) {
    lock.lock();
    try {
      if (closed || !inFlight.remove(lane, request)) {
        return;
      }
      expected -= lane.expected();
      if (polled instanceof Page page) {
        accept(lane, page);
      } else if (polled instanceof Wait wait) {
        accept(lane, wait);
      } else {
        failure = unwrapped(problem);
      }
      startDue();
    } catch (RuntimeException | Error e) {
      // Thrown further, it would end in a future that nobody looks at.
      failure = unwrapped(e);
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  private void accept(Lane lane, Page page) {
    lastPoll = page.info().fetchedAt();
    page.warnings().forEach(warning -> LOG.warn("{}: {}", page.info().url(), warning));
    lane.accept(page);
    ready.add(lane.input(), page);
    if (!lane.isDrained()) {
      due.addLast(lane);
    } else if (drain != null) {
      drain.laneDrained();
    }
  }

  private void accept(Lane lane, Wait wait) {
    lane.accept(wait);
    if (drain != null && lane.isDrained()) {
      drain.laneDrained();
    } else {
      waiting.add(lane);
    }
  }

  private static RuntimeException unwrapped(@Nullable Throwable problem) {
    Throwable cause = problem;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof RuntimeException known
        ? known
        : new RestException("A request ended in an unexpected way: " + cause, cause);
  }

  /** When the last answer was complete; null before the first. */
  @Nullable Instant lastPoll() {
    lock.lock();
    try {
      return lastPoll;
    } finally {
      lock.unlock();
    }
  }

  /** When the next input is due; null if one is now, or is being asked. */
  @Nullable Instant waitingUntil() {
    lock.lock();
    try {
      Lane next = due.isEmpty() && inFlight.isEmpty() ? waiting.peek() : null;
      return next == null ? null : next.notBefore();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all requests, and whoever waits for them. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      abandon();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
