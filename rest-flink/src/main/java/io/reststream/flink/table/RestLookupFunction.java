package io.reststream.flink.table;

import io.reststream.core.Alarm;
import io.reststream.core.Calls;
import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.RestPoller;
import io.reststream.core.config.OnError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.util.Collector;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the rows of a key. Each is a record of the answer, and has the key's values in the key's
 * columns, whether or not the record repeats them.
 */
public final class RestLookupFunction extends AsyncLookupFunction {
  private static final long serialVersionUID = 1L;

  private final RestConfig config;
  private final LookupKeys keys;
  private final RowDecoder decoder;
  private final List<RowData.FieldGetter> columns;
  private final boolean cached;
  private final int parts;
  private transient @Nullable Calls calls;

  /**
   * A function for one join.
   *
   * @param decoder makes the rows that the query wants
   * @param types the types of their columns
   * @param cached whether an {@link AnswerCache} keeps what this gives
   * @param parts how many such functions share the limits of the job
   */
  RestLookupFunction(
      RestConfig config,
      LookupKeys keys,
      RowDecoder decoder,
      List<LogicalType> types,
      boolean cached,
      int parts) {
    this.config = config;
    this.keys = keys;
    this.decoder = decoder;
    this.cached = cached;
    this.parts = parts;
    List<RowData.FieldGetter> getters = new ArrayList<>();
    for (LogicalType type : types) {
      getters.add(RowData.createFieldGetter(type, getters.size()));
    }
    this.columns = List.copyOf(getters);
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    decoder.open(new Initialization(context));
    calls = new Calls(config, Calls.Form.RECORDS, RestPoller.open(config), Alarm.system(), parts);
  }

  @Override
  public CompletableFuture<Collection<RowData>> asyncLookup(RowData keyRow) {
    Input input = keys.input(keyRow);
    Map<Integer, @Nullable Object> known = new HashMap<>();
    for (LookupKeys.Key key : keys.keys()) {
      known.put(key.column(), key.getter().getFieldOrNull(keyRow));
    }
    return Objects.requireNonNull(calls, "open")
        .call(input)
        .thenApply(
            answer -> {
              Collection<RowData> rows = rows(answer, input, known);
              if (cached && answer.failure() != null) {
                AnswerCache.failed(keyRow);
              }
              return rows;
            });
  }

  private Collection<RowData> rows(
      Calls.Answer answer, Input input, Map<Integer, @Nullable Object> known) {
    if (answer.failure() == null) {
      return answered(answer, input, known);
    }
    List<RowData> rows = new ArrayList<>();
    for (Calls.Answered<Input> unanswered : answer.answered(input, config.value(OnError.OPTION))) {
      RowData nothing = new GenericRowData(columns.size() - decoder.metadata().size());
      GenericRowData origin = decoder.origin(input, null, unanswered.error());
      rows.add(row(nothing, origin, known));
    }
    return rows;
  }

  private List<RowData> answered(
      Calls.Answer answer, Input input, Map<Integer, @Nullable Object> known) {
    List<RowData> rows = new ArrayList<>();
    for (int i = 0; i < answer.outputs().size(); i++) {
      PageInfo page = answer.pages().get(i);
      String record = Objects.requireNonNull(answer.outputs().get(i));
      List<RowData> decoded = new ArrayList<>(1);
      try {
        synchronized (decoder) { // answers come in many threads
          decoder.decode(record.getBytes(StandardCharsets.UTF_8), null, new Gather(decoded));
        }
      } catch (IOException | RuntimeException e) {
        throw new RestException(
            "Record %d of %d of %s cannot be deserialized: %s"
                .formatted(i + 1, answer.outputs().size(), page.url(), e.getMessage()),
            e);
      }
      GenericRowData origin = decoder.origin(input, page, null);
      decoded.forEach(row -> rows.add(row(row, origin, known)));
    }
    return rows;
  }

  private RowData row(
      RowData decoded, @Nullable GenericRowData origin, Map<Integer, @Nullable Object> known) {
    GenericRowData row = new GenericRowData(decoded.getRowKind(), columns.size());
    int own = columns.size() - decoder.metadata().size();
    for (int i = 0; i < own; i++) {
      row.setField(i, known.containsKey(i) ? known.get(i) : columns.get(i).getFieldOrNull(decoded));
    }
    for (int i = own; i < columns.size() && origin != null; i++) {
      row.setField(i, origin.getField(i - own));
    }
    return row;
  }

  @Override
  public void close() throws Exception {
    if (calls != null) {
      calls.close();
    }
  }

  private record Gather(List<RowData> rows) implements Collector<RowData> {
    @Override
    public void collect(RowData row) {
      rows.add(row);
    }

    @Override
    public void close() {}
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
