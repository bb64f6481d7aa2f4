package io.reststream.core;

import io.reststream.core.config.OnError;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Calls that are under way, whose answers are taken in the order in which they were begun. It holds
 * a bounded number of them, twice as many as may be under way, so that one slow answer does not
 * hold up those behind it.
 *
 * <pre>{@code
 * while (!queue.isFull() && rows.hasNext()) {
 *   queue.begin(row, input(row));
 * }
 * wait for queue.first(), then queue.take()
 * }</pre>
 *
 * <p>For one thread.
 *
 * @param <T> what a call is made for, and given back with its answer
 */
public final class CallQueue<T> {

  private record Begun<T>(T row, CompletableFuture<Calls.Answer> answer) {}

  private final Calls calls;
  private final OnError onError;
  private final int most;
  private final Queue<Begun<T>> begun = new ArrayDeque<>();

  public CallQueue(Calls calls, OnError onError) {
    this.calls = calls;
    this.onError = onError;
    this.most = 2 * calls.atOnce();
  }

  /** Whether an answer must be taken before a call may begin. */
  public boolean isFull() {
    return begun.size() >= most;
  }

  public boolean isEmpty() {
    return begun.isEmpty();
  }

  /** Begins a call. */
  public void begin(T row, Input input) {
    if (isFull()) {
      throw new IllegalStateException("%d calls were begun and not taken".formatted(most));
    }
    begun.add(new Begun<>(row, calls.call(input)));
  }

  /** The answer that is taken next; to be waited for. */
  public CompletableFuture<Calls.Answer> first() {
    return begun.element().answer();
  }

  /**
   * Takes the first answer, which must have come.
   *
   * @return one for each output; none if the call failed and such rows are left out
   * @throws RestException if it failed and that fails the read
   */
  public List<Calls.Answered<T>> take() {
    Begun<T> first = begun.remove();
    return first.answer().join().answered(first.row(), onError);
  }

  /** Aborts what is under way. */
  public void cancel() {
    begun.forEach(one -> one.answer().cancel(true));
    begun.clear();
  }
}
