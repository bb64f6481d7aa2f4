package io.reststream.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of a REST API, one after the other, without an engine.
 *
 * <pre>{@code
 * Map<String, String> options =
 *     Map.of("url", "https://api.example.com/items?start_id={id}",
 *            "offsetType", "incremental", "offsetField", "id");
 * try (RestStream stream = RestStream.open(RestConfig.parse(options, ReadMode.STREAM))) {
 *   for (String record : (Iterable<String>) () -> stream) {
 *     handle(record);
 *     save(stream.checkpoint()); // resume: RestStream.open(config).from(saved)
 *   }
 * }
 * }</pre>
 *
 * <p>In {@link ReadMode#STREAM} it has always one more record and waits for it; in {@link
 * ReadMode#BATCH} it ends when each input's cycle does. For one thread.
 */
public final class RestStream implements Iterator<String>, AutoCloseable {
  private final RestConfig config;
  private final RestPoller poller;
  private final Waiter waiter;
  private final Map<Input, Position> positions = new LinkedHashMap<>();
  private final Deque<Input> turns = new ArrayDeque<>();
  private Consumer<String> onWarning = warning -> {};
  private Records records = Records.empty();
  private int at;

  /** A stream over a poller, which it closes; waits by {@code waiter}. */
  public RestStream(RestConfig config, RestPoller poller, Waiter waiter) {
    this.config = config;
    this.poller = poller;
    this.waiter = waiter;
    for (Input input : config.inputs()) {
      positions.put(input, poller.start());
      turns.add(input);
    }
  }

  /** A stream from the beginning, over the real network; waiting blocks the calling thread. */
  public static RestStream open(RestConfig config) {
    RestPoller poller = RestPoller.open(config);
    return new RestStream(config, poller, Waiter.blocking(poller.clock()));
  }

  /** Tells warnings about the API to somebody. */
  public RestStream onWarning(Consumer<String> warnings) {
    onWarning = warnings;
    return this;
  }

  /**
   * Goes on where a checkpoint was taken; inputs that it does not know start from their beginning,
   * and what it knows of others is kept.
   *
   * @throws PositionException if it is broken, newer, or was taken under other options or inputs
   */
  public RestStream from(String checkpoint) {
    StreamCheckpoint state = StreamCheckpoint.parse(checkpoint);
    state.positions().values().forEach(poller::check);
    config.checkInputs(state.positions().keySet());
    positions.putAll(state.positions());
    records = Records.of(state.rest());
    at = 0;
    return this;
  }

  /**
   * What going on after the last record needs: the positions of all inputs, and the records of the
   * page that were not yet given.
   */
  public String checkpoint() {
    List<byte[]> rest = new ArrayList<>();
    for (int i = at; i < records.size(); i++) {
      rest.add(records.bytes(i));
    }
    return new StreamCheckpoint(positions, rest).json();
  }

  /** Where each input stands after the page whose records are being given. */
  public Map<Input, Position> positions() {
    return Map.copyOf(positions);
  }

  /**
   * Whether there is one more record; waits until that is known.
   *
   * @throws RestException if the API cannot be read; nothing has moved, and a later call tries
   *     again
   */
  @Override
  public boolean hasNext() {
    while (at == records.size()) {
      if (turns.isEmpty()) {
        return false;
      }
      pollDue();
    }
    return true;
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException("Each input was read to its end");
    }
    return records.text(at++);
  }

  /** Polls each input once in turn, until one gives records; waits if none may be asked. */
  private void pollDue() {
    @Nullable Wait first = null;
    for (int left = turns.size(); left > 0; left--) {
      Input input = turns.removeFirst();
      Polled polled;
      try {
        polled = poll(input);
      } catch (RuntimeException e) {
        turns.addFirst(input);
        throw e;
      }
      if (polled instanceof Page page) {
        page.warnings().forEach(onWarning);
        positions.put(input, page.next());
        if (config.mode() == ReadMode.STREAM || !page.next().betweenCycles()) {
          turns.addLast(input);
        }
        records = page.records();
        at = 0;
        return;
      }
      turns.addLast(input);
      if (polled instanceof Wait wait && (first == null || wait.until().isBefore(first.until()))) {
        first = wait;
      }
    }
    if (first != null) {
      await(first);
    }
  }

  private Polled poll(Input input) {
    try {
      return poller.poll(input, positions.getOrDefault(input, poller.start())).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void await(Wait wait) {
    try {
      waiter.await(wait.until());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static RestException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RestException("The thread was interrupted while the stream waited", e);
  }

  @Override
  public void close() {
    poller.close();
  }
}
