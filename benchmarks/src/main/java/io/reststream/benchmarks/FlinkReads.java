package io.reststream.benchmarks;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Position;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.flink.RestSource;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * What does Flink add to the poller, and what does an API cost beyond files? In turns, over the
 * same records of about 135 bytes, 10,000 on a page, over loopback, with parallelism 1 and nothing
 * done with what was read: (a) the poller alone, (b) {@link RestSource} as strings, (c) a table of
 * the API in format json, (d) a table of local files in format json. The answers are the rows per
 * second, from the first one on, of b over a and of c over d, medians of the rounds.
 *
 * <pre>{@code
 * java -Xmx2g -Dsun.net.httpserver.nodelay=true \
 *     -cp "target/classes:$(cat target/classpath)" io.reststream.benchmarks.FlinkReads 100 9
 * }</pre>
 */
public final class FlinkReads {
  private static final int PAGE = 10_000;
  private static final double NANOS = 1e9;
  private static final String COLUMNS =
      "id BIGINT, `user` STRING, action STRING, ok BOOLEAN, amount DOUBLE, `at` STRING, tags ARRAY<STRING>";

  private final String url;
  private final Path files;
  private final long rows;

  private FlinkReads(String url, Path files, long rows) {
    this.url = url;
    this.files = files;
    this.rows = rows;
  }

  /** Takes how many pages a read has, and how many rounds there are. */
  public static void main(String[] args) throws Exception {
    int pages = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Path files = Files.createTempDirectory("records");
    try (FakeApi api = FakeApi.start().withoutLog()) {
      serve(api, pages, files.resolve("records.json"));
      long rows = (long) pages * PAGE;
      new FlinkReads(api.url("/items?start_id={id}"), files, rows).compare(rounds);
    } finally {
      Files.delete(files.resolve("records.json"));
      Files.delete(files);
    }
  }

  private static void serve(FakeApi api, int pages, Path file) throws IOException {
    Map<String, Answer> answers = new HashMap<>();
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int page = 0; page < pages; page++) {
        long first = 1 + (long) page * PAGE;
        List<String> records = new ArrayList<>();
        for (long id = first; id < first + PAGE; id++) {
          records.add(
              "{\"id\":%d,\"user\":\"user-%08d\",\"action\":\"viewed\",\"ok\":true,\"amount\":%d.25,\"at\":\"2024-05-01T12:00:00Z\",\"tags\":[\"a\",\"b\"]}"
                  .formatted(id, id, id % 1000));
          lines.write(records.get(records.size() - 1));
          lines.newLine();
        }
        Answer answer =
            Answer.json(records.stream().collect(Collectors.joining(",", "{\"data\":[", "]}")));
        answers.put(page == 0 ? "0" : String.valueOf(first), answer);
      }
    }
    Answer end = Answer.json("{\"data\":[]}");
    api.serve("/items", asked -> answers.getOrDefault(asked.param("start_id"), end));
  }

  private void compare(int rounds) throws Exception {
    List<Double> strings = new ArrayList<>();
    List<Double> tables = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double a = poller();
      double b = strings();
      double c = table(restTable());
      double d = table(fileTable());
      show(
          "%s: a poller %.0f/s, b strings %.0f/s, c rest table %.0f/s, d file table %.0f/s; b/a %.2f, c/d %.2f",
          round == 0 ? "warm-up" : "round " + round, a, b, c, d, b / a, c / d);
      if (round > 0) {
        strings.add(b / a);
        tables.add(c / d);
      }
    }
    show("medians: b/a %.2f, c/d %.2f", median(strings), median(tables));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private Map<String, String> options() {
    return Map.of("url", url, "offsetType", "incremental", "offsetField", "id");
  }

  private double poller() {
    long seen = 0;
    long first = 0;
    try (RestPoller poller = RestPoller.open(RestConfig.parse(options(), ReadMode.BATCH))) {
      Position position = poller.start();
      do {
        Page page = (Page) poller.poll(Input.EMPTY, position).join();
        if (seen == 0) {
          first = System.nanoTime();
        }
        seen += page.records().size();
        position = page.next();
      } while (!position.betweenCycles());
    }
    if (seen != rows) {
      throw new IllegalStateException("Expected " + rows + " rows, but were " + seen);
    }
    return rows * NANOS / (System.nanoTime() - first);
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", "1");
    configuration.setString("rest.bind-address", "127.0.0.1");
    return configuration;
  }

  private double strings() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration());
    RestSource<String> source =
        RestSource.<String>builder()
            .options(options())
            .bounded()
            .deserializer(RestDeserializer.string())
            .build();
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "rest").sinkTo(new TimedSink<>());
    var unused = env.execute("strings");
    return TimedSink.rowsPerSecond(rows);
  }

  private String restTable() {
    return "'connector'='rest', 'url'='%s', 'offset-type'='incremental', 'offset-field'='id', 'scan.bounded'='true'"
        .formatted(url);
  }

  private String fileTable() {
    return "'connector'='filesystem', 'path'='%s', 'format'='json'".formatted(files.toUri());
  }

  private double table(String options) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration());
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.executeSql("CREATE TABLE records (%s) WITH (%s)".formatted(COLUMNS, options));
    Table all = tables.from("records");
    DataType rowData =
        all.getResolvedSchema().toPhysicalRowDataType().notNull().bridgedTo(RowData.class);
    tables.toDataStream(all, rowData).sinkTo(new TimedSink<>());
    var unused = env.execute("table");
    return TimedSink.rowsPerSecond(rows);
  }

  private static void show(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
