package io.reststream.flink;

import io.reststream.testkit.Scenarios;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some rows of the table of scenarios, read through SQL. */
@ExtendWith(MiniFlink.class)
class SqlScenarioIT {
  @TempDir Path savepoints;

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(
      strings = {
        "timestamp: the response tells it",
        "timestamp: asked by POST, in a JSON body",
        "cursor: not sent until there is one",
        "nearly JSON: comments, quotes and zeros",
        "cursor: a full last page, then an empty one with null"
      })
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void delivers(String name, MiniFlink.Running flink) {
    Scenarios.named(name)
        .run(
            (row, api, options) ->
                new FlinkRun(SqlScenarioIT::read, flink, savepoints, api, row, options));
  }

  private static DataStream<String> read(
      StreamExecutionEnvironment environment, Map<String, String> options) {
    StreamTableEnvironment env = SqlTables.streaming(environment);
    SqlTables.create(env, "feed", "record STRING", options);
    env.executeSql("ALTER TABLE feed SET ('format'='raw')");
    return env.toDataStream(env.from("feed"))
        .map(row -> row.<String>getFieldAs(0))
        .returns(Types.STRING);
  }
}
