package io.reststream.flink;

import io.reststream.core.Alarm;
import io.reststream.core.Calls;
import io.reststream.core.Input;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.RestPoller;
import io.reststream.core.config.OnError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks an API for each value of a stream, many at a time.
 *
 * <pre>{@code
 * RestAsyncFunction<Order, Tuple2<Order, String>> users =
 *     RestAsyncFunction.<Order, Tuple2<Order, String>>builder()
 *         .url("https://api.example.com/users/{id}")
 *         .input("id", Order::user)
 *         .result(answer -> Tuple2.of(answer.row(), answer.output()), type)
 *         .build();
 * AsyncDataStream.unorderedWait(orders, users, 10, TimeUnit.MINUTES, 100);
 * }</pre>
 *
 * <p>Retries, pauses that the API asks for, limits and credentials are those of a stream, and
 * {@code onError} says what follows a call that failed for good, or has no answer when Flink's
 * time-out comes. That one counts from when the value came: the wait for a free request is part of
 * it, and so is what {@code requestsPerSecond} costs the values before it. The tasks share the
 * limits of the job; a value that was not answered by a checkpoint is asked for again after a
 * restore.
 *
 * @param <I> what the API is asked for
 * @param <O> what comes of it
 */
public final class RestAsyncFunction<I, O> extends RichAsyncFunction<I, O>
    implements ResultTypeQueryable<O> {
  private static final long serialVersionUID = 1L;

  private final RestConfig config;
  private final TreeMap<String, SerializableFunction<I, ? extends @Nullable Object>> inputs;
  private final SerializableFunction<Calls.Answered<I>, O> result;
  private final TypeInformation<O> type;
  private transient @Nullable Calls calls;

  /** What is under way, by what Flink waits for. */
  private transient @Nullable Map<ResultFuture<O>, CompletableFuture<Calls.Answer>> waiting;

  RestAsyncFunction(
      RestConfig config,
      Map<String, SerializableFunction<I, ? extends @Nullable Object>> inputs,
      SerializableFunction<Calls.Answered<I>, O> result,
      TypeInformation<O> type) {
    this.config = config;
    this.inputs = new TreeMap<>(inputs);
    this.result = result;
    this.type = type;
  }

  /** Starts with no option set. */
  public static <I, O> RestAsyncFunctionBuilder<I, O> builder() {
    return new RestAsyncFunctionBuilder<>();
  }

  @Override
  public void open(OpenContext context) throws Exception {
    waiting = new ConcurrentHashMap<>();
    calls =
        new Calls(
            config,
            Calls.Form.ANSWER,
            RestPoller.open(config),
            Alarm.system(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
  }

  @Override
  public void asyncInvoke(I value, ResultFuture<O> future) {
    CompletableFuture<Calls.Answer> called =
        Objects.requireNonNull(calls, "open").call(input(value));
    waiting().put(future, called);
    var unused =
        called
            .thenApply(answer -> results(value, answer))
            .whenComplete(
                (results, failure) -> {
                  waiting().remove(future);
                  if (failure == null) {
                    future.complete(results);
                  } else {
                    future.completeExceptionally(cause(failure));
                  }
                });
  }

  /** Gives the call up; what follows says {@code onError}. */
  @Override
  public void timeout(I value, ResultFuture<O> future) {
    CompletableFuture<Calls.Answer> called = waiting().get(future);
    if (called != null && called.isDone()) {
      return; // the answer is being handed over
    }
    try {
      future.complete(results(value, Calls.Answer.failed(Calls.late(input(value), null))));
    } catch (RestException failed) {
      future.completeExceptionally(failed);
    }
    if (called != null) {
      called.cancel(true);
    }
  }

  private Map<ResultFuture<O>, CompletableFuture<Calls.Answer>> waiting() {
    return Objects.requireNonNull(waiting, "open");
  }

  private Input input(I value) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    inputs.forEach((column, of) -> values.put(column, of.apply(value)));
    return Input.of(values);
  }

  private Collection<O> results(I value, Calls.Answer answer) {
    List<Calls.Answered<I>> answered = answer.answered(value, config.value(OnError.OPTION));
    return answered.stream().map(result).toList();
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  @Override
  public void close() {
    if (calls != null) {
      calls.close();
    }
  }

  @Override
  public TypeInformation<O> getProducedType() {
    return type;
  }

  /** The options that were given, secrets hidden. */
  @Override
  public String toString() {
    return "RestAsyncFunction{" + config + "}";
  }
}
