package io.reststream.flink;

import io.reststream.core.Calls;
import io.reststream.core.RestConfig;
import io.reststream.core.config.OnError;
import io.reststream.core.config.RestOptions;
import io.reststream.flink.setup.FlinkSetup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a {@link RestAsyncFunction}. What is wrong with them is said by {@link
 * #build}, all at once.
 */
public final class RestAsyncFunctionBuilder<I, O> {
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Map<String, SerializableFunction<I, ? extends @Nullable Object>> inputs =
      new LinkedHashMap<>();
  private @Nullable SerializableFunction<Calls.Answered<I>, O> result;
  private @Nullable TypeInformation<O> type;

  RestAsyncFunctionBuilder() {}

  /** Sets an option by its key, as in every engine. */
  public RestAsyncFunctionBuilder<I, O> option(String key, String value) {
    options.put(key, value);
    return this;
  }

  /** Sets options by their keys. */
  public RestAsyncFunctionBuilder<I, O> options(Map<String, String> options) {
    this.options.putAll(options);
    return this;
  }

  /** The address to ask; a template, whose placeholders are the inputs. */
  public RestAsyncFunctionBuilder<I, O> url(String template) {
    return option(RestOptions.URL.key(), template);
  }

  /** What follows a call that failed for good; the job fails if not set. */
  public RestAsyncFunctionBuilder<I, O> onError(OnError onError) {
    return option(OnError.OPTION.key(), onError.toString());
  }

  /**
   * What fills a placeholder: text, a number, a boolean, or null. Called by the task's own thread.
   */
  public RestAsyncFunctionBuilder<I, O> input(
      String column, SerializableFunction<I, ? extends @Nullable Object> of) {
    inputs.put(column, of);
    return this;
  }

  /**
   * What comes of an answer; needed. The answer is the whole body, or with {@code dataField} or
   * {@code pagination} the JSON array of all records; null where there is none. Called by the
   * threads that receive answers.
   */
  public RestAsyncFunctionBuilder<I, O> result(
      SerializableFunction<Calls.Answered<I>, O> result, TypeInformation<O> type) {
    this.result = result;
    this.type = type;
    return this;
  }

  /**
   * The function.
   *
   * @throws io.reststream.core.config.ConfigException with every problem of the options
   * @throws IllegalStateException if there is no result
   * @throws io.reststream.core.RestException if this Flink is too old, or jars of different
   *     versions of ours are on the class path
   */
  public RestAsyncFunction<I, O> build() {
    FlinkSetup.check();
    RestConfig config =
        Calls.parse(
            options, Calls.Form.ANSWER, List.of(OnError.OPTION), List.copyOf(inputs.keySet()));
    if (result == null || type == null) {
      throw new IllegalStateException(
          "A result is needed, for example result(answer -> answer.output(), Types.STRING).");
    }
    return new RestAsyncFunction<>(config, inputs, result, type);
  }
}
