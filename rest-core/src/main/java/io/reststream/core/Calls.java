package io.reststream.core;

import io.reststream.core.config.ConfigException;
import io.reststream.core.config.Option;
import io.reststream.core.config.ResponseFormat;
import io.reststream.core.config.RestOptions;
import io.reststream.core.rate.ConcurrencyLimit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls an API for one input after the other, many at a time. An answer is the whole body; with
 * {@code dataField}, {@code pagination} or {@code ndjson} it is a JSON array of the records of all
 * pages. What a poller does for a stream, it does for a call: retries, pauses, limits, credentials.
 *
 * <pre>{@code
 * RestConfig config = Calls.parse(Map.of("url", "https://api.example.com/users/{id}"), List.of(), List.of("id"));
 * try (Calls calls = new Calls(config, RestPoller.open(config), alarm, 1)) {
 *   Calls.Answer answer = calls.call(Input.of(Map.of("id", 7))).join();
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads. Equal inputs are calls of their own.
 */
public final class Calls implements AutoCloseable {
  /** How many calls are under way at a time where {@code maxConcurrentRequests} is not set. */
  public static final int AT_ONCE = 16;

  /**
   * What came of a call.
   *
   * @param output the answer's JSON; null if there is none
   * @param failure why there is none; null if the call succeeded, also with an empty answer
   */
  public record Answer(@Nullable String output, @Nullable RestException failure) {}

  private final RestPoller poller;
  private final Alarm alarm;
  private final boolean whole;
  private final int mostBytes;
  private final Set<String> required;
  private final int atOnce;
  private final ConcurrencyLimit limit;
  private final AtomicInteger numbers = new AtomicInteger();

  /**
   * Calls by a poller, which is closed with them.
   *
   * @param config what {@link #parse} gave
   * @param parts how many such callers share the limits of the job, this one included
   */
  public Calls(RestConfig config, RestPoller poller, Alarm alarm, int parts) {
    this.poller = poller;
    this.alarm = alarm;
    this.whole = isWhole(config);
    this.mostBytes = config.value(RestOptions.MAX_RESPONSE_BYTES);
    this.required = config.requiredColumns();
    this.atOnce =
        config
            .find(RestOptions.MAX_CONCURRENT_REQUESTS)
            .map(most -> Math.max(1, most / parts))
            .orElse(AT_ONCE);
    this.limit = new ConcurrencyLimit(atOnce);
    poller.share(parts);
  }

  /**
   * Reads the options of calls.
   *
   * @param engineOptions what the engine declares beyond the core's options
   * @param columns the columns of the inputs
   * @throws ConfigException with every problem found
   */
  public static RestConfig parse(
      Map<String, String> options, List<Option<?>> engineOptions, List<String> columns) {
    RestConfig config = RestConfig.parse(options, ReadMode.BATCH, engineOptions, columns);
    if (config.isInWindows()) {
      throw new RestException(
          "A call cannot be cut into windows: '{windowStart}' and '{windowEnd}' are for reads.");
    }
    boolean records =
        config.options().containsKey(RestOptions.DATA_FIELD.key())
            || config.page().isPaged()
            || config.value(RestOptions.RESPONSE_FORMAT) == ResponseFormat.NDJSON;
    if (records) {
      return config;
    }
    Map<String, String> whole = new TreeMap<>(options);
    whole.put(RestOptions.DATA_FIELD.key(), "");
    return RestConfig.parse(whole, ReadMode.BATCH, engineOptions, columns);
  }

  private static boolean isWhole(RestConfig config) {
    return !config.page().isPaged()
        && config.find(RestOptions.DATA_FIELD).filter(path -> path.isRoot()).isPresent();
  }

  /** How many calls are under way at a time at most; further ones wait for their turn. */
  public int atOnce() {
    return atOnce;
  }

  /**
   * Begins a call. It is made once a turn is free, and again as often as {@code maxRetries} says.
   *
   * @return what came of it, failures included; it completes exceptionally only where something is
   *     wrong that is no matter of this call. Cancelling it aborts the call.
   */
  public CompletableFuture<Answer> call(Input input) {
    return limit.begin(() -> new Call(input.copy(numbers.incrementAndGet())).begin());
  }

  @Override
  public void close() {
    poller.close();
  }

  private final class Call {
    private final Input input;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream records = new ByteArrayOutputStream(0);
    private Position position = poller.start();
    private volatile @Nullable CompletableFuture<?> step;

    Call(Input input) {
      this.input = input;
    }

    CompletableFuture<Answer> begin() {
      for (String column : required) {
        if (input.values().get(column) == null) {
          return CompletableFuture.completedFuture(
              new Answer(
                  null,
                  new RequestException(
                      "The column '%s' is null in the input %s, but nothing can be left out where {%s} stands. Leave such rows out, or write {?%s} or {&%s} in the url."
                          .formatted(column, input, column, column, column))));
        }
      }
      answer.whenComplete(
          (done, failure) -> {
            CompletableFuture<?> running = step;
            if (failure instanceof CancellationException && running != null) {
              running.cancel(true);
            }
          });
      poll();
      return answer;
    }

    private void poll() {
      if (answer.isDone()) {
        return;
      }
      CompletableFuture<Polled> polled = poller.poll(input, position);
      step = polled;
      polled.whenComplete(
          (result, failure) -> {
            try {
              if (failure == null) {
                accept(result);
              } else {
                fail(Problems.cause(failure));
              }
            } catch (RuntimeException | Error e) {
              answer.completeExceptionally(e);
            }
          });
    }

    private void fail(Throwable failure) {
      if (failure instanceof RestException lasting) {
        answer.complete(new Answer(null, lasting));
      } else {
        answer.completeExceptionally(failure);
      }
    }

    private void accept(Polled polled) {
      if (polled instanceof Wait wait) {
        CompletableFuture<?> rung = alarm.at(wait.until());
        step = rung;
        rung.whenComplete((unused, failure) -> poll());
      } else if (polled instanceof Page page) {
        if (whole) {
          answer.complete(
              new Answer(page.records().size() == 0 ? null : page.records().text(0), null));
          return;
        }
        add(page);
        position = page.next();
        if (position.betweenCycles()) {
          records.writeBytes(
              (records.size() == 0 ? "[]" : "]").getBytes(StandardCharsets.US_ASCII));
          answer.complete(new Answer(records.toString(StandardCharsets.UTF_8), null));
        } else {
          poll();
        }
      }
    }

    private void add(Page page) {
      Records more = page.records();
      for (int i = 0; i < more.size(); i++) {
        records.write(records.size() == 0 ? '[' : ',');
        records.write(more.buffer(), more.start(i), more.length(i));
        if (records.size() > mostBytes) {
          throw new ResponseException(
              "The pages for the input %s hold more than 'maxResponseBytes' (%d) in all."
                  .formatted(input, mostBytes));
        }
      }
    }
  }
}
