package io.reststream.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.udf;

import io.reststream.core.Calls;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.spark.call.CallFunction;
import io.reststream.spark.call.CallOptions;
import io.reststream.spark.call.CallRows;
import io.reststream.spark.decode.JsonOptions;
import io.reststream.spark.decode.ParseMode;
import io.reststream.spark.read.InputColumns;
import io.reststream.spark.setup.SparkSetup;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Calls a REST API once for each row of a dataset, or from SQL.
 *
 * <pre>{@code
 * Dataset<Row> users =
 *     RestApi.call(ids, Map.of("url", "https://api.example.com/users/{id}", "responseSchema", "name STRING"));
 *
 * RestApi.register(spark, "rest_api_call", Map.of("url", "https://api.example.com/users/{id}"));
 * spark.sql("SELECT id, rest_api_call(struct(id)) AS output FROM ids");
 * }</pre>
 *
 * <p>The options are those of {@code format("rest")}; the columns fill the placeholders.
 */
public final class RestApi {
  private RestApi() {}

  /**
   * The rows of a dataset with a column {@code output}, the answer to the call of each. The calls
   * are made in the tasks of the dataset's own partitions, many at a time, and the rows keep their
   * order. An action makes the calls, and another one makes them again, unless the result is
   * persisted.
   *
   * @param inputs what to call for; its columns fill the placeholders
   * @param options those of {@code format("rest")}, {@code includeInputsInOutput}, {@code
   *     metadataColumns}, {@code onError} and {@code responseSchema}; with the last one Spark's
   *     options for JSON, too
   * @throws io.reststream.core.config.ConfigException if options are wrong
   * @throws RestException if the columns cannot be used
   */
  public static Dataset<Row> call(Dataset<Row> inputs, Map<String, String> options) {
    SparkSetup.check();
    StructType schema = inputs.schema();
    RestConfig config = config(options, schema, true);
    String responseSchema = config.find(CallOptions.RESPONSE_SCHEMA).orElse(null);
    if (responseSchema == null) {
      config = config(options, schema, false);
    } else if (config.find(JsonOptions.MODE).orElse(null) == ParseMode.DROPMALFORMED) {
      throw new RestException(
          "Option 'mode' must be 'PERMISSIVE' or 'FAILFAST' with 'responseSchema', since each row keeps its place, but was 'DROPMALFORMED'.");
    }
    Dataset<Row> answers = CallRows.of(inputs, config, config.value(SparkOptions.METADATA_COLUMNS));
    if (responseSchema != null) {
      answers =
          answers.withColumn(
              InputColumns.OUTPUT,
              from_json(col(InputColumns.OUTPUT), responseSchema, JsonOptions.texts(config)));
    }
    return config.value(SparkOptions.INCLUDE_INPUTS) ? answers : answers.drop(schema.fieldNames());
  }

  private static RestConfig config(Map<String, String> options, StructType schema, boolean typed) {
    return Calls.parse(
        texts(options),
        Calls.Form.ANSWER,
        SparkOptions.ofRowCalls(typed),
        List.of(schema.fieldNames()));
  }

  /**
   * Makes a function for SQL, of a struct whose fields fill the placeholders. It makes one call
   * after the other in each task; {@link #call} makes many at a time.
   *
   * @param name what the function is called in SQL
   * @param options those of {@code format("rest")}, and {@code onError}
   * @throws RestException if an option is not known; their values are checked with the first row,
   *     which tells the columns
   */
  public static void register(SparkSession spark, String name, Map<String, String> options) {
    SparkSetup.check();
    Map<String, String> given = texts(options);
    CallFunction.checkNames(given);
    CallFunction function = new CallFunction(given);
    // A call is no pure function: Spark must neither repeat it nor move it.
    UserDefinedFunction made = udf(function, DataTypes.StringType).asNondeterministic();
    spark.udf().register(name, made);
  }

  /** Options as text: a map that comes from Python may hold numbers, booleans and None. */
  private static Map<String, String> texts(Map<String, ? extends @Nullable Object> options) {
    Map<String, String> texts = new TreeMap<>();
    options.forEach(
        (key, value) -> {
          if (value != null) {
            texts.put(key, value.toString());
          }
        });
    return texts;
  }
}
