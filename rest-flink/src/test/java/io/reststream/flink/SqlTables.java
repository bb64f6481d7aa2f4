package io.reststream.flink;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Tables for tests of SQL. */
final class SqlTables {
  private SqlTables() {}

  static StreamTableEnvironment streaming(StreamExecutionEnvironment environment) {
    return StreamTableEnvironment.create(environment, EnvironmentSettings.inStreamingMode());
  }

  static StreamTableEnvironment batch(StreamExecutionEnvironment environment) {
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    return StreamTableEnvironment.create(environment, EnvironmentSettings.inBatchMode());
  }

  static void create(
      TableEnvironment env, String name, String columns, Map<String, String> options) {
    env.executeSql(
        "CREATE TABLE %s (%s) WITH ('connector'='rest', %s)"
            .formatted(
                name,
                columns,
                options.entrySet().stream()
                    .map(one -> literal(spelled(one.getKey())) + "=" + literal(one.getValue()))
                    .collect(Collectors.joining(", "))));
  }

  /** As SQL users write keys; names of headers and parameters stay. */
  private static String spelled(String key) {
    return key.contains(".") ? key : key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The rows of a query, each as Flink writes it: {@code +I[1, a]}. */
  static DataStream<String> rows(StreamTableEnvironment env, String query) {
    return env.toChangelogStream(env.sqlQuery(query)).map(Object::toString).returns(Types.STRING);
  }
}
