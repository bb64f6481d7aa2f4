package io.reststream.flink.table;

import io.reststream.core.Alarm;
import io.reststream.core.Calls;
import io.reststream.core.Input;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.RestPoller;
import io.reststream.core.config.OnError;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/** Asks for the rows of a key. */
public final class RestLookupFunction extends AsyncLookupFunction {
  private static final long serialVersionUID = 1L;

  private final RestConfig config;
  private final LookupKeys keys;
  private final LookupRows rows;
  private final boolean cached;
  private final LookupTimes times;
  private transient @Nullable Calls calls;

  /**
   * A function for one join.
   *
   * @param rows makes the rows that the query wants
   * @param cached whether an {@link AnswerCache} keeps what this gives
   */
  RestLookupFunction(
      RestConfig config, LookupKeys keys, LookupRows rows, boolean cached, LookupTimes times) {
    this.config = config;
    this.keys = keys;
    this.rows = rows;
    this.cached = cached;
    this.times = times;
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    rows.open(new Initialization(context));
    calls =
        new Calls(
            config,
            Calls.Form.RECORDS,
            RestPoller.open(config),
            Alarm.system(),
            times.parallelism());
  }

  @Override
  public CompletableFuture<Collection<RowData>> asyncLookup(RowData keyRow) {
    Input input = keys.input(keyRow);
    return Objects.requireNonNull(calls, "open")
        .call(input, times.patience())
        .thenApply(answer -> rows(answer, input, keyRow));
  }

  private Collection<RowData> rows(Calls.Answer answer, Input input, RowData key) {
    if (answer.failure() == null) {
      try {
        return rows.answered(key, input, answer);
      } catch (RestException noRow) {
        return failed(Calls.Answer.failed(noRow), input, key);
      }
    }
    return failed(answer, input, key);
  }

  private Collection<RowData> failed(Calls.Answer answer, Input input, RowData key) {
    List<RowData> failed =
        answer.answered(input, config.value(OnError.OPTION)).stream()
            .map(unanswered -> rows.failed(key, input, unanswered.error()))
            .toList();
    if (cached) {
      AnswerCache.failed(key);
    }
    return failed;
  }

  @Override
  public void close() throws Exception {
    if (calls != null) {
      calls.close();
    }
  }

  private record Initialization(FunctionContext context)
      implements DeserializationSchema.InitializationContext {
    @Override
    public MetricGroup getMetricGroup() {
      return context.getMetricGroup().addGroup("deserializer");
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(context.getUserCodeClassLoader());
    }
  }
}
