package io.reststream.core;

import io.reststream.core.config.ConfigException;
import io.reststream.core.config.OnError;
import io.reststream.core.config.Option;
import io.reststream.core.config.ResponseFormat;
import io.reststream.core.config.RestOptions;
import io.reststream.core.rate.ConcurrencyLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls an API for one input after the other, many at a time. An answer is the whole body; with
 * {@code dataField}, {@code pagination} or {@code ndjson} it is a JSON array of the records of all
 * pages. What a poller does for a stream, it does for a call: retries, pauses, limits, credentials.
 *
 * <pre>{@code
 * Map<String, String> options = Map.of("url", "https://api.example.com/users/{id}");
 * RestConfig config = Calls.parse(options, Form.ANSWER, List.of(), List.of("id"));
 * try (Calls calls = new Calls(config, Form.ANSWER, RestPoller.open(config), alarm, 1)) {
 *   Calls.Answer answer = calls.call(Input.of(Map.of("id", 7))).join();
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads. Equal inputs are calls of their own.
 */
public final class Calls implements AutoCloseable {
  /** How many calls are under way at a time where {@code maxConcurrentRequests} is not set. */
  public static final int AT_ONCE = 16;

  /** What a call gives. */
  public enum Form {
    /** One answer: the whole body, or the array of all records. */
    ANSWER,
    /** The records themselves, as a read gives them. */
    RECORDS
  }

  /**
   * What came of a call.
   *
   * @param outputs one JSON text, null for an answer without a body; or that of each record
   * @param pages where each record came from; of an answer that is one text its last page
   * @param failure why there are none; null if the call succeeded
   */
  public record Answer(
      List<@Nullable String> outputs, List<PageInfo> pages, @Nullable RestException failure) {
    static Answer of(@Nullable String output, PageInfo page) {
      return new Answer(Collections.singletonList(output), List.of(page), null);
    }

    /** A call that has failed, or whose answer cannot be used. */
    public static Answer failed(RestException failure) {
      return new Answer(List.of(), List.of(), failure);
    }

    /**
     * What becomes of the row that the call was made for.
     *
     * @return one for each output; none if the call failed and such rows are left out
     * @throws RestException if it failed and that fails the read
     */
    public <T> List<Answered<T>> answered(T row, OnError onError) {
      if (failure == null) {
        return outputs.stream().map(output -> new Answered<>(row, output, null)).toList();
      }
      return switch (onError) {
        case FAIL -> throw failure;
        case NULL -> List.of(new Answered<>(row, null, Problems.reason(failure)));
        case SKIP -> List.of();
      };
    }
  }

  /**
   * An output and what it was asked for.
   *
   * @param error what went wrong; null where nothing did
   */
  public record Answered<T>(T row, @Nullable String output, @Nullable String error) {}

  private final RestPoller poller;
  private final Alarm alarm;
  private final Form form;
  private final boolean whole;
  private final int mostBytes;
  private final Set<String> required;
  private final int atOnce;
  private final ConcurrencyLimit limit;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Set<CompletableFuture<Answer>> open = ConcurrentHashMap.newKeySet();

  /**
   * Calls by a poller, which is closed with them, as is the alarm.
   *
   * @param config what {@link #parse} gave for the same form
   * @param parts how many such callers share the limits of the job, this one included
   */
  public Calls(RestConfig config, Form form, RestPoller poller, Alarm alarm, int parts) {
    this.form = form;
    this.poller = poller;
    this.alarm = alarm;
    this.whole = form == Form.ANSWER && isWhole(config);
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
      Map<String, String> options, Form form, List<Option<?>> engineOptions, List<String> columns) {
    RestConfig config = RestConfig.parse(options, ReadMode.BATCH, engineOptions, columns);
    if (config.isInWindows()) {
      throw new RestException(
          "A call cannot be cut into windows: '{windowStart}' and '{windowEnd}' are for reads.");
    }
    boolean records =
        form == Form.RECORDS
            || config.options().containsKey(RestOptions.DATA_FIELD.key())
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
    return call(input, Integer.MAX_VALUE);
  }

  /**
   * Begins a call like {@link #call(Input)}, which asks for no further page once it has some
   * records. Its answer holds all of the page that brought them.
   *
   * @param enough how many records; of a whole body it means nothing
   */
  public CompletableFuture<Answer> call(Input input, int enough) {
    return limit.begin(() -> new Call(input.copy(numbers.incrementAndGet()), enough).begin());
  }

  /**
   * Begins a call like {@link #call(Input)}, and gives it up after some time.
   *
   * @param most how long it may take, from now on: with the waits for its turn, for a rate limit
   *     and between retries. A call that takes longer has failed.
   */
  public CompletableFuture<Answer> call(Input input, Duration most) {
    CompletableFuture<Answer> called = call(input);
    if (called.isDone()) {
      return called;
    }
    CompletableFuture<Answer> timed = new CompletableFuture<>();
    CompletableFuture<?> end = alarm.at(poller.clock().instant().plus(most));
    end.whenComplete(
        (unused, cancelled) -> {
          if (cancelled == null && timed.complete(Answer.failed(late(input, most)))) {
            called.cancel(true);
          }
        });
    called.whenComplete(
        (answer, failure) -> {
          if (failure == null) {
            timed.complete(answer);
          } else {
            timed.completeExceptionally(failure);
          }
          end.cancel(false);
        });
    timed.whenComplete(
        (answer, failure) -> {
          if (failure instanceof CancellationException) {
            called.cancel(true);
          }
        });
    return timed;
  }

  /** Why a call has failed that has no answer after that time, or after the caller's own limit. */
  public static RestException late(Input input, @Nullable Duration most) {
    return new RestException(
        "The call for the input %s had no answer within %s, which count from when it was asked for: the waits for a free request ('maxConcurrentRequests'), for 'requestsPerSecond' and for 'maxRetries' further attempts of 'readTimeout' each are part of it."
            .formatted(input, most == null ? "its time-out" : most));
  }

  /** Ends, and with it every call that is under way or waits to be made again. */
  @Override
  public void close() {
    poller.close();
    open.forEach(answer -> answer.cancel(true));
    alarm.close();
  }

  private final class Call {
    private final Input input;
    private final int enough;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final List<@Nullable String> records = new ArrayList<>(0);
    private final List<PageInfo> pages = new ArrayList<>(0);
    private long bytes;
    private Position position = poller.start();
    private volatile @Nullable CompletableFuture<?> step;

    Call(Input input, int enough) {
      this.input = input;
      this.enough = enough;
    }

    CompletableFuture<Answer> begin() {
      for (String column : required) {
        if (input.values().get(column) == null) {
          return CompletableFuture.completedFuture(
              Answer.failed(
                  new RequestException(
                      "The column '%s' is null in the input %s, but nothing can be left out where {%s} stands. Leave such rows out, or write {?%s} or {&%s} in the url."
                          .formatted(column, input, column, column, column))));
        }
      }
      open.add(answer);
      answer.whenComplete(
          (done, failure) -> {
            open.remove(answer);
            poller.forget(input, position);
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
            } catch (RestException tooLarge) {
              answer.complete(Answer.failed(tooLarge));
            } catch (RuntimeException | Error e) {
              answer.completeExceptionally(e);
            }
          });
    }

    private void fail(Throwable failure) {
      if (failure instanceof RestException lasting) {
        answer.complete(Answer.failed(lasting));
      } else {
        answer.completeExceptionally(failure);
      }
    }

    private void accept(Polled polled) {
      if (polled instanceof Wait wait) {
        CompletableFuture<?> rung = alarm.at(wait.until());
        step = rung;
        rung.whenComplete((unused, failure) -> poll());
        if (answer.isDone()) {
          rung.cancel(true); // cancelled just before there was something to cancel
        }
      } else if (polled instanceof Page page) {
        if (whole) {
          answer.complete(
              Answer.of(page.records().size() == 0 ? null : page.records().text(0), page.info()));
          return;
        }
        add(page);
        position = page.next();
        if (position.betweenCycles() || records.size() >= enough) {
          answer.complete(
              form == Form.RECORDS
                  ? new Answer(records, pages, null)
                  : Answer.of("[" + String.join(",", records) + "]", page.info()));
        } else {
          poll();
        }
      }
    }

    private void add(Page page) {
      Records more = page.records();
      for (int i = 0; i < more.size(); i++) {
        records.add(more.text(i));
        pages.add(page.info());
        bytes += more.length(i);
        if (bytes > mostBytes) {
          throw new ResponseException(
              "The pages for the input %s hold more than option 'maxResponseBytes' allows in all, %d bytes: a call holds its answer together. Set a larger one, up to '1g'; or read such a feed as a stream or a batch without a call for each row, where 'maxResponseBytes' is for each page alone."
                  .formatted(input, mostBytes));
        }
      }
    }
  }
}
