package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.ConfigException;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.FeedRecord;
import io.reststream.testkit.Gate;
import io.reststream.testkit.Request;
import io.reststream.testkit.Tail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class BatchReadIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FakeApi api = FakeApi.start();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aBatchIsOneCycleWithAllItsPages() {
    api.serve(Endpoint.at("/all").pageSize(10).data("items").nextUrl("next", Tail.NULL));
    api.feed().appendEvents(45);

    Dataset<Row> batch =
        LocalSpark.batch(
            Map.of("url", api.url("/all"), "data-field", "items", "PAGINATION", "next_url"));

    assertThat(batch.as(Encoders.STRING()).collectAsList())
        .isEqualTo(FeedRecord.texts(api.published()));
    assertThat(api.requests()).hasSize(5);
  }

  @Test
  void eachInputIsReadInItsOwnTaskAndColumnsCanBeLeftOut() {
    api.serve(Endpoint.at("/{tenant}").feedNamedBy("tenant"));
    api.feed("a").append("{\"x\":1}", "{\"x\":2}");
    api.feed("b").append("{\"x\":3}");
    Dataset<Row> batch =
        LocalSpark.batch(
            Map.of(
                "url",
                api.url("/{tenant}"),
                "inputData",
                "[{\"tenant\":\"a\",\"n\":1},{\"tenant\":\"b\",\"n\":2}]"));

    assertThat(batch.count()).isEqualTo(3);
    assertThat(batch.javaRDD().getNumPartitions()).isEqualTo(2);
    assertThat(batch.orderBy("n", "output").collectAsList())
        .containsExactly(
            RowFactory.create("a", 1L, "{\"x\":1}"),
            RowFactory.create("a", 1L, "{\"x\":2}"),
            RowFactory.create("b", 2L, "{\"x\":3}"));
    assertThat(batch.groupBy("tenant").count().orderBy("tenant").collectAsList())
        .containsExactly(RowFactory.create("a", 2L), RowFactory.create("b", 1L));
    assertThat(batch.select("output", "n").where("n = 2").collectAsList())
        .containsExactly(RowFactory.create("{\"x\":3}", 2L));
  }

  @Test
  void asManyTasksReadAsThereMayBeRequestsAtATimeAndTheInputsKeepTheirOrder() throws Exception {
    api.serve(
        Endpoint.at("/{tenant}")
            .pageSize(2)
            .data("items")
            .nextUrl("next", Tail.NULL)
            .feedNamedBy("tenant"));
    for (String tenant : List.of("a", "b", "c", "e")) {
      api.feed(tenant).append("{\"x\":1}", "{\"x\":2}", "{\"x\":3}");
    }
    api.feed("d");
    Gate gate = new Gate();
    api.fault(Fault.held(gate), Fault.held(gate));
    Dataset<Row> batch =
        LocalSpark.batch(
            Map.of(
                "url",
                api.url("/{tenant}"),
                "dataField",
                "items",
                "pagination",
                "nextUrl",
                "maxConcurrentRequests",
                "2",
                "requestsPerSecond",
                "1000",
                "inputData",
                Stream.of("a", "b", "d", "c", "e")
                    .map("{\"tenant\":\"%s\"}"::formatted)
                    .toList()
                    .toString()));
    assertThat(batch.javaRDD().getNumPartitions()).isEqualTo(2);

    CompletableFuture<List<Row>> rows = CompletableFuture.supplyAsync(batch::collectAsList);
    gate.awaitArrivals(2, LIMIT);
    assertThat(api.requests().stream().map(Request::path)).containsExactlyInAnyOrder("/a", "/d");
    gate.open();
    assertThat(rows.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(
            Stream.of("a", "b", "c", "e")
                .flatMap(
                    tenant ->
                        IntStream.rangeClosed(1, 3)
                            .mapToObj(x -> RowFactory.create(tenant, "{\"x\":" + x + "}")))
                .toList());
  }

  @Test
  void aRetryIsWaitedForInTheTask() {
    api.serve(Endpoint.at("/all"));
    api.feed().appendEvents(3);
    api.fault(Fault.tooManyRequests("0.3"));

    assertThat(LocalSpark.batch(Map.of("url", api.url("/all"))).count()).isEqualTo(3);
  }

  @Test
  void aFailedRequestFailsTheJobWithItsOwnMessage() {
    api.fault(Fault.status(403).body("not yours"));

    assertThatThrownBy(() -> LocalSpark.batch(Map.of("url", api.url("/all"))).count())
        .hasMessageContaining("was answered with status 403: not yours");
  }

  @Test
  void anOptionThatContradictsTheWayOfReadingIsRefused() {
    api.serve(Endpoint.at("/all"));

    assertThatThrownBy(
            () ->
                LocalSpark.batch(Map.of("url", api.url("/all"), "streaming", "true"))
                    .collectAsList())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Option 'streaming' is 'true', but this is a batch read; leave the option out.");
  }
}
