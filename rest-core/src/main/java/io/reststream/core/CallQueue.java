package io.reststream.core;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Calls that are under way, whose answers are taken in the order in which they were begun. It holds
 * a bounded number of them, twice as many as may be under way, so that one slow answer does not
 * hold up those behind it.
 *
 * <pre>{@code
 * while (!queue.isFull() && rows.hasNext()) {
 *   queue.begin(row, calls.call(input(row)));
 * }
 * wait for queue.first(), then queue.take()
 * }</pre>
 *
 * <p>For one thread.
 *
 * @param <T> what a call is made for, and given back with its answer
 * @param <A> what is made of the answer
 */
public final class CallQueue<T, A> {

  /**
   * A call that was begun.
   *
   * @param row what it is made for
   * @param answer what comes of it
   */
  public record Begun<T, A>(T row, CompletableFuture<A> answer) {}

  private final int most;
  private final Queue<Begun<T, A>> begun = new ArrayDeque<>();

  /** A queue of calls that are made by this caller. */
  public CallQueue(Calls calls) {
    this.most = 2 * calls.atOnce();
  }

  /** Whether an answer must be taken before a call may begin. */
  public boolean isFull() {
    return begun.size() >= most;
  }

  public boolean isEmpty() {
    return begun.isEmpty();
  }

  /** Adds a call that was begun, or whose answer is known. */
  public void begin(T row, CompletableFuture<A> answer) {
    if (isFull()) {
      throw new IllegalStateException("%d calls were begun and not taken".formatted(most));
    }
    begun.add(new Begun<>(row, answer));
  }

  /** The answer that is taken next; to be waited for. */
  public CompletableFuture<A> first() {
    return begun.element().answer();
  }

  /** Takes the first call, which should have its answer. */
  public Begun<T, A> take() {
    return begun.remove();
  }

  /** What was begun and not taken, in its order. */
  public Collection<Begun<T, A>> begun() {
    return Collections.unmodifiableCollection(begun);
  }
}
