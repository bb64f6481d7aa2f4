package io.reststream.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TypedStreamIT {
  private static final String SCHEMA = "id BIGINT, name STRING, at TIMESTAMP";

  @TempDir Path directory;
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options = new HashMap<>();

  TypedStreamIT() {
    api.serve(Endpoint.at("/items").since("start_id", "id"));
    options.putAll(
        Map.of(
            "url", api.url("/items?start_id={id}"),
            "offsetType", "incremental",
            "offsetField", "id",
            "streamingInterval", "50ms",
            "batchSize", "10"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Dataset<Row> stream(String schema) {
    return LocalSpark.session().readStream().format("rest").schema(schema).options(options).load();
  }

  /** Records from an id to another, a minute apart. */
  private void append(int from, int to) {
    api.feed()
        .append(
            IntStream.range(from, to)
                .mapToObj(
                    id ->
                        "{\"id\":%d,\"name\":\"n%d\",\"at\":\"%s\"}"
                            .formatted(
                                id,
                                id % 3,
                                Instant.parse("2024-01-01T00:00:00Z").plusSeconds(60L * id)))
                .toList());
  }

  private Dataset<Row> written(String name) {
    return LocalSpark.session().read().parquet(directory.resolve(name + "/out").toString());
  }

  private void drain(Dataset<Row> stream, String name) throws Exception {
    LocalSpark.finish(
        LocalSpark.toParquet(stream, directory.resolve(name))
            .trigger(Trigger.AvailableNow())
            .start());
  }

  @Test
  void typedRowsSurviveARestartInTheMiddleAndAChangeOfTheSchema() throws Exception {
    append(1, 26);
    StreamingQuery query = LocalSpark.toParquet(stream(SCHEMA), directory.resolve("a")).start();
    query.processAllAvailable();
    query.stop();
    append(26, 51);
    drain(stream(SCHEMA), "a");
    append(51, 61);
    drain(stream("id BIGINT, at TIMESTAMP, name STRING"), "a");

    assertThat(written("a").select("id").as(Encoders.LONG()).collectAsList())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(1, 61).boxed().toList());
    assertThat(written("a").filter("id = 60").select("name", "at").collectAsList())
        .containsExactly(
            RowFactory.create("n0", Timestamp.from(Instant.parse("2024-01-01T01:00:00Z"))));
  }

  @Test
  void aTypedTimeCarriesAWatermark() throws Exception {
    append(1, 61);
    Dataset<Row> counts =
        stream(SCHEMA)
            .withWatermark("at", "5 minutes")
            .groupBy(window(col("at"), "10 minutes"))
            .agg(count("id").alias("n"))
            .select("window.start", "n");

    drain(counts, "counts");

    assertThat(written("counts").orderBy("start").select("n").as(Encoders.LONG()).collectAsList())
        .startsWith(9L, 10L, 10L, 10L)
        .hasSize(5);
  }

  @Test
  void aTypedStreamJoinsAStaticTable() throws Exception {
    append(1, 8);
    Dataset<Row> names =
        LocalSpark.session()
            .createDataFrame(
                List.of(RowFactory.create("n0", "zero"), RowFactory.create("n1", "one")),
                new StructType()
                    .add("name", DataTypes.StringType)
                    .add("title", DataTypes.StringType));

    drain(stream(SCHEMA).join(names, "name").select("id", "title"), "joined");

    assertThat(written("joined").orderBy("id").collectAsList())
        .containsExactly(
            RowFactory.create(1L, "one"),
            RowFactory.create(3L, "zero"),
            RowFactory.create(4L, "one"),
            RowFactory.create(6L, "zero"),
            RowFactory.create(7L, "one"));
  }

  @Test
  void twoQueriesOverOneReadEachGetAllRows() throws Exception {
    append(1, 26);
    Dataset<Row> stream = stream(SCHEMA);

    StreamingQuery first =
        LocalSpark.toParquet(stream.filter("name = 'n0'"), directory.resolve("first"))
            .trigger(Trigger.AvailableNow())
            .start();
    StreamingQuery second =
        LocalSpark.toParquet(stream, directory.resolve("second"))
            .trigger(Trigger.AvailableNow())
            .start();
    LocalSpark.finish(first);
    LocalSpark.finish(second);

    assertThat(written("first").count()).isEqualTo(8);
    assertThat(written("second").count()).isEqualTo(25);
  }

  @Test
  void aStreamHasTheMetadataColumnsThatItsOptionNamesAlsoAfterARestart() throws Exception {
    options.put("metadataColumns", "_rest_page,_rest_url,_rest_offset,_rest_status,_rest_input");
    append(1, 16);
    drain(stream("id BIGINT"), "meta");
    append(16, 17);
    drain(stream("id BIGINT"), "meta");

    List<Row> rows = written("meta").orderBy("id").collectAsList();

    assertThat(rows).hasSize(16);
    assertThat(rows.get(0))
        .isEqualTo(RowFactory.create(1L, 0L, api.url("/items?start_id=0"), "0", 200, "{}"));
    assertThat(rows.get(15))
        .isEqualTo(RowFactory.create(16L, 0L, api.url("/items?start_id=16"), "16", 200, "{}"));
  }

  @Test
  void inferSchemaAsksOnceWhenAStreamIsLoaded() throws Exception {
    append(1, 6);
    options.put("inferSchema", "true");
    options.put("inferTimestamp", "true");
    Dataset<Row> stream = LocalSpark.session().readStream().format("rest").options(options).load();
    assertThat(stream.schema().simpleString())
        .isEqualTo("struct<at:timestamp,id:bigint,name:string>");
    int asked = api.requests().size();
    assertThat(asked).isBetween(1, 2);

    stream.explain(true);
    assertThat(api.requests()).hasSize(asked);
    drain(stream, "inferred");

    assertThat(written("inferred").select("id").as(Encoders.LONG()).collectAsList())
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void droppedRecordsAreReadAndGiveNoRows() throws Exception {
    options.put("mode", "DROPMALFORMED");
    api.feed().append("{\"id\":1,\"n\":1}", "{\"id\":2,\"n\":\"x\"}", "{\"id\":3,\"n\":3}");

    drain(stream("id BIGINT, n INT"), "dropped");

    assertThat(written("dropped").orderBy("id").collectAsList())
        .containsExactly(RowFactory.create(1L, 1), RowFactory.create(3L, 3));
  }

  @Test
  void aRecordThatFailsAStreamFailsItAgainUntilTheModeChanges() throws Exception {
    options.put("mode", "FAILFAST");
    api.feed().append("{\"id\":1,\"n\":1}", "{\"id\":2,\"n\":\"x\"}", "{\"id\":3,\"n\":3}");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> drain(stream("id BIGINT, n INT"), "failing"))
          .hasStackTraceContaining("[MALFORMED_RECORD_IN_PARSING")
          .hasStackTraceContaining("Malformed records are detected in record parsing: [2,null].");
    }
    options.put("mode", "PERMISSIVE");

    drain(stream("id BIGINT, n INT"), "failing");

    assertThat(written("failing").orderBy("id").collectAsList())
        .containsExactly(
            RowFactory.create(1L, 1), RowFactory.create(2L, null), RowFactory.create(3L, 3));
  }
}
