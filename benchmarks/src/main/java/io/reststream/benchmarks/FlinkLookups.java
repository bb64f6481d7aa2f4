package io.reststream.benchmarks;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * What does a lookup join of Flink SQL cost beyond its calls? In turns on one loopback API: a bare
 * {@link java.net.http.HttpClient} loop that has 16 requests under way, and a join with parallelism
 * 1, which has as many. The answer is the requests per second of the join, from its first row on,
 * over those of the loop, the median of the rounds.
 *
 * <pre>{@code
 * java -Xmx1g -Dsun.net.httpserver.nodelay=true \
 *     -cp "target/classes:$(cat target/classpath)" io.reststream.benchmarks.FlinkLookups 50000 5
 * }</pre>
 */
public final class FlinkLookups {
  private static final int AT_ONCE = 16;

  private FlinkLookups() {}

  /** Takes how many rows are joined, and how many rounds there are. */
  public static void main(String[] args) throws Exception {
    long rows = Long.parseLong(args[0]);
    int rounds = Integer.parseInt(args[1]);
    List<Double> ratios = new ArrayList<>();
    try (FakeApi api = FakeApi.start().withoutLog()) {
      api.serve(
          "/users", asked -> Answer.json("{\"id\":" + asked.param("id") + ",\"name\":\"n\"}"));
      for (int round = 0; round <= rounds; round++) {
        double bare = BareCalls.perSecond(api.url("/users?id="), rows, AT_ONCE);
        double join = join(api.url("/users?id={id}"), rows);
        show(
            "%s: bare %.0f/s, join %.0f/s, ratio %.2f",
            round == 0 ? "warm-up" : "round " + round, bare, join, join / bare);
        if (round > 0) {
          ratios.add(join / bare);
        }
      }
    }
    show("median ratio %.2f", ratios.stream().sorted().toList().get(ratios.size() / 2));
  }

  private static double join(String url, long rows) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", "1");
    configuration.setString("rest.bind-address", "127.0.0.1");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    StreamTableEnvironment env = StreamTableEnvironment.create(environment);
    env.executeSql(
        """
        CREATE TABLE orders (user_id BIGINT, seen AS PROCTIME()) WITH (
          'connector' = 'datagen', 'rows-per-second' = '100000000',
          'fields.user_id.kind' = 'sequence', 'fields.user_id.start' = '1', 'fields.user_id.end' = '%d')
        """
            .formatted(rows));
    env.executeSql(
        "CREATE TABLE users (id BIGINT, name STRING) WITH ('connector' = 'rest', 'url' = '%s')"
            .formatted(url));
    Table joined =
        env.sqlQuery(
            "SELECT o.user_id, u.name FROM orders o JOIN users FOR SYSTEM_TIME AS OF o.seen u ON o.user_id = u.id");
    DataType rowData =
        joined.getResolvedSchema().toPhysicalRowDataType().notNull().bridgedTo(RowData.class);
    env.toDataStream(joined, rowData).sinkTo(new TimedSink<>());
    var unused = environment.execute("join");
    return TimedSink.rowsPerSecond(rows);
  }

  private static void show(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
