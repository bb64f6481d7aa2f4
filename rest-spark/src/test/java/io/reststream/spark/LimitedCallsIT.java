package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batch reads of calls of which a query wants some rows only. */
@Timeout(300)
class LimitedCallsIT {
  private static final int PAGES = 10;

  private final FakeApi api = FakeApi.start();
  private final SparkSession spark = LocalSpark.session();

  @BeforeEach
  void serve() {
    api.serve("/feed", LimitedCallsIT::feed);
    spark.range(0, 1).createOrReplaceTempView("wanted");
  }

  /** A feed for each row: pages of two records, from 1 on; none for each third row. */
  private static Answer feed(Request request) {
    int page = Integer.parseInt(String.valueOf(request.param("page")));
    boolean none = Integer.parseInt(String.valueOf(request.param("id"))) % 3 == 2;
    return Answer.json(
        none || page > PAGES
            ? "[]"
            : "[{\"n\":%d},{\"n\":%d}]".formatted(2 * page - 2, 2 * page - 1));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private DataFrameReader reader(String... more) {
    DataFrameReader reader =
        spark
            .read()
            .format("rest")
            .schema("n BIGINT")
            .option("url", api.url("/feed{?id,page}"))
            .option("pagination", "pageNumber")
            .option("input", "wanted");
    for (int i = 0; i < more.length; i += 2) {
      reader.option(more[i], more[i + 1]);
    }
    return reader;
  }

  @Test
  void aLimitStopsThePagesOfACall() {
    Dataset<Row> rows = reader().load();

    assertThat(rows.limit(1).collectAsList()).containsExactly(RowFactory.create(0L, 0L));
    assertThat(api.requests()).hasSize(1);
    assertThat(rows.limit(5).select("n", "_rest_page").collectAsList())
        .hasSize(5)
        .last()
        .isEqualTo(RowFactory.create(4L, 2L));
    assertThat(api.requests()).hasSize(1 + 3);
    assertThat(rows.limit(3).count()).isEqualTo(3);
    assertThat(api.requests()).hasSize(1 + 3 + 2);
    assertThat(rows.count()).isEqualTo(2 * PAGES);
  }

  @Test
  void aLimitInSqlStopsThem() {
    spark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW feeds (n BIGINT) USING rest OPTIONS (url '%s', pagination 'pageNumber', input 'wanted')"
            .formatted(api.url("/feed{?id,page}")));

    assertThat(spark.sql("SELECT n FROM feeds LIMIT 3").collectAsList()).hasSize(3);
    assertThat(api.requests()).hasSize(2);

    spark.sql(
        "CREATE TABLE limited USING rest OPTIONS (url '%s', pagination 'pageNumber', partitions '1')"
            .formatted(api.url("/feed?id=0{&page}")));
    try {
      assertThat(spark.sql("SELECT output FROM limited LIMIT 3").collectAsList()).hasSize(3);
      // The old interface, by which Spark 3.5 reads a table, knows no limit.
      assertThat(api.requests()).hasSize(2 + (spark.version().startsWith("3.") ? PAGES + 1 : 2));
    } finally {
      spark.sql("DROP TABLE limited");
    }
  }

  @Test
  void theRowsOfALimitAreTheFirstOnes() {
    api.serve(
        "/feed",
        request ->
            Integer.parseInt(String.valueOf(request.param("id"))) % 10 == 4
                ? Answer.status(404).body("nobody")
                : feed(request));
    spark.range(2, 30, 1, 3).createOrReplaceTempView("wanted");
    for (String onError : List.of("null", "skip")) {
      Dataset<Row> rows = reader("onError", onError).load();
      List<Row> all = rows.collectAsList();
      // Of 28 rows 9 have no record and 3 fail.
      assertThat(all).hasSize(16 * 2 * PAGES + (onError.equals("null") ? 3 : 0));
      for (int limit : List.of(1, 2 * PAGES, 2 * PAGES + 1, 250, 5000)) {
        assertThat(rows.limit(limit).collectAsList())
            .as("%s, %d", onError, limit)
            .isEqualTo(all.subList(0, Math.min(limit, all.size())));
      }
      assertThat(rows.offset(100).limit(50).collectAsList()).isEqualTo(all.subList(100, 150));
    }
  }

  @Test
  void aLimitCountsRowsAndNotRecordsThatAreDropped() {
    api.serve(
        "/feed",
        request ->
            Answer.json(
                switch (Integer.parseInt(String.valueOf(request.param("page")))) {
                  case 1 -> "[{\"n\":\"x\"},{\"n\":\"y\"}]";
                  case 2 -> "[{\"n\":\"z\"},{\"n\":1}]";
                  case 3 -> "[{\"n\":2}]";
                  default -> "[]";
                }));

    assertThat(reader("mode", "DROPMALFORMED").load().limit(2).collectAsList())
        .containsExactly(RowFactory.create(0L, 1L), RowFactory.create(0L, 2L));
    assertThat(reader().load().limit(2).collectAsList())
        .containsExactly(RowFactory.create(0L, null), RowFactory.create(0L, null));
  }

  @Test
  void aConditionIsAppliedBeforeALimit() {
    assertThat(reader().load().where("n > 16").limit(2).collectAsList())
        .containsExactly(RowFactory.create(0L, 17L), RowFactory.create(0L, 18L));
  }

  @Test
  void whatIsKeptIsWholeWhateverTheLimit() {
    spark.range(0, 2, 1, 1).createOrReplaceTempView("wanted");
    Dataset<Row> once = reader("callStrictlyOnce", "Y").load();

    assertThat(once.limit(1).collectAsList()).containsExactly(RowFactory.create(0L, 0L));
    int asked = api.requests().size();
    assertThat(asked).isEqualTo(2 * (PAGES + 1));
    assertThat(once.count()).isEqualTo(2 * 2 * PAGES);
    assertThat(api.requests()).hasSize(asked);
  }

  @Test
  void nothingIsAskedForOnceAnActionHasEnded() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    api.serve(
        "/held",
        request -> {
          boolean second = "2".equals(request.param("page"));
          if ("0".equals(request.param("id"))) {
            if (second) {
              await(underWay);
            }
            return Answer.json(second ? "[]" : "[{\"n\":0}]");
          }
          if (second) {
            underWay.countDown();
            await(ended);
            answered.countDown();
          }
          return Answer.json("[{\"n\":1}]"); // another page, again and again
        });
    spark.range(0, 2, 1, 1).createOrReplaceTempView("wanted");
    Dataset<Row> rows = reader("url", api.url("/held{?id,page}")).load().where("n >= 0");

    assertThat(rows.limit(1).collectAsList()).containsExactly(RowFactory.create(0L, 0L));
    ended.countDown();
    assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();

    // Whoever went on asking would have asked while another action reads so many pages.
    assertThat(reader().load().count()).isEqualTo(2 * 2 * PAGES);
    assertThat(api.requests("/held")).hasSize(4);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("The action has not ended");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void otherTasksStopAtALimitToo() {
    spark.range(0, 2, 1, 2).createOrReplaceTempView("wanted");

    assertThat(reader().load().limit(2).groupBy("id").count().collectAsList())
        .containsExactly(RowFactory.create(0L, 2L));

    Map<Boolean, Long> byRow =
        api.requests().stream()
            .collect(
                Collectors.partitioningBy(
                    request -> "0".equals(request.param("id")), Collectors.counting()));
    assertThat(byRow.values()).containsExactly(1L, 1L);
  }
}
