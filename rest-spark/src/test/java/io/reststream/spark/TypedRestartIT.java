package io.reststream.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What queries over typed rows give where they die in the middle, after the sink has their last
 * batch and before Spark has noted that.
 */
@Timeout(300)
class TypedRestartIT {
  @TempDir private Path directory;
  private final FakeApi api = FakeApi.start();

  TypedRestartIT() {
    api.serve(Endpoint.at("/items").since("start_id", "id").pageSize(20));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Dataset<Row> stream() {
    return LocalSpark.session()
        .readStream()
        .format("rest")
        .schema("id BIGINT, name STRING, at TIMESTAMP")
        .options(
            Map.of(
                "url", api.url("/items?start_id={id}"),
                "offsetType", "incremental",
                "offsetField", "id",
                "streamingInterval", "20ms",
                "batchSize", "15"))
        .load();
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

  private void run(Dataset<Row> rows, String name) throws Exception {
    Path at = directory.resolve(name);
    Restarts.run(LocalSpark.toParquet(rows, at), at.resolve("checkpoint"));
  }

  private void die(String name) throws Exception {
    Restarts.loseTheLastCommit(directory.resolve(name).resolve("checkpoint"));
  }

  private List<Long> written(String name, String column) {
    return LocalSpark.session()
        .read()
        .parquet(directory.resolve(name).resolve("out").toString())
        .select(column)
        .as(Encoders.LONG())
        .collectAsList();
  }

  @Test
  void aJoinWithAStaticTableHasEachRowOnce() throws Exception {
    Dataset<Row> names =
        LocalSpark.session()
            .createDataFrame(
                List.of(RowFactory.create("n0", "zero"), RowFactory.create("n1", "one")),
                new StructType()
                    .add("name", DataTypes.StringType)
                    .add("title", DataTypes.StringType));
    append(1, 26);
    run(stream().join(names, "name").select("id", "title"), "joined");
    die("joined");
    append(26, 51);
    run(stream().join(names, "name").select("id", "title"), "joined");

    assertThat(written("joined", "id"))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(1, 51).filter(id -> id % 3 < 2).boxed().toList());
  }

  @Test
  void windowsBehindAWatermarkAreCountedRight() throws Exception {
    append(1, 31);
    run(counts(), "counts");
    die("counts");
    append(31, 61);
    run(counts(), "counts");
    die("counts");
    append(1000, 1001); // so late that all windows before it are closed
    run(counts(), "counts");

    assertThat(written("counts", "n")).containsExactlyInAnyOrder(9L, 10L, 10L, 10L, 10L, 10L, 1L);
  }

  private Dataset<Row> counts() {
    return stream()
        .withWatermark("at", "5 minutes")
        .groupBy(window(col("at"), "10 minutes"))
        .agg(count("id").alias("n"))
        .select("window.start", "n");
  }

  @Test
  void twoSinksOfOneReadEachHaveEachRowOnce() throws Exception {
    Dataset<Row> read = stream();
    append(1, 26);
    run(read, "all");
    run(read.filter("id % 2 = 0"), "even");
    die("even");
    append(26, 51);
    run(read.filter("id % 2 = 0"), "even");
    die("all");
    run(read, "all");

    assertThat(written("all", "id"))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(1, 51).boxed().toList());
    assertThat(written("even", "id"))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(1, 51).filter(id -> id % 2 == 0).boxed().toList());
  }
}
