package io.reststream.spark.call;

import io.reststream.core.Calls;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.config.ConfigException;
import io.reststream.core.config.OnError;
import io.reststream.spark.read.TaskWait;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Calls an API for a struct, whose fields fill the placeholders: one call after the other. */
public final class CallFunction implements UDF1<Row, String> {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, String> options;
  private transient @Nullable Ready ready;

  /** What is opened for the first row of a task, since only a row tells its columns. */
  private record Ready(StructType schema, RowInputs inputs, Calls calls, OnError onError) {}

  /** A function with these options. */
  public CallFunction(Map<String, String> options) {
    this.options = new TreeMap<>(options);
  }

  /**
   * Refuses options that no function has; only a row tells whether the others are right.
   *
   * @throws RestException if there are any
   */
  public static void checkNames(Map<String, String> options) {
    try {
      RestConfig unused =
          Calls.parse(options, Calls.Form.ANSWER, CallOptions.OF_FUNCTIONS, List.of());
    } catch (ConfigException e) {
      if (!e.unknown().isEmpty()) {
        throw new RestException(String.join("\n", e.unknown()));
      }
    }
  }

  @Override
  public @Nullable String call(@Nullable Row row) throws IOException {
    if (row == null) {
      return null;
    }
    Ready with = ready;
    if (with == null || !with.schema().equals(row.schema())) {
      with = open(row.schema());
    }
    if (TaskContext.get() == null) { // the driver folds a constant
      try (Calls calls = with.calls()) {
        return answer(row, with);
      }
    }
    ready = with;
    return answer(row, with);
  }

  private Ready open(StructType schema) {
    RestConfig config =
        Calls.parse(
            options, Calls.Form.ANSWER, CallOptions.OF_FUNCTIONS, List.of(schema.fieldNames()));
    RowInputs inputs = new RowInputs(schema, config.sentColumns());
    OnError onError = config.value(CallOptions.ON_ERROR);
    if (onError == OnError.SKIP) {
      throw new RestException(
          "Option 'onError' must be 'fail' or 'null' for a function, which has a value for each row, but was 'skip'.");
    }
    return new Ready(schema, inputs, TaskCalls.open(config, Calls.Form.ANSWER), onError);
  }

  private static @Nullable String answer(Row row, Ready with) throws IOException {
    Calls.Answer answer = TaskWait.await(with.calls().call(with.inputs().input(row)));
    RestException failure = answer.failure();
    if (failure != null && with.onError() == OnError.FAIL) {
      throw Objects.requireNonNull(failure);
    }
    return answer.outputs().isEmpty() ? null : answer.outputs().get(0);
  }
}
