package io.reststream.flink;

import io.reststream.core.config.OffsetType;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.FeedRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** An API that has a feed of ids for each tenant, and the source that reads some of them. */
final class TenantApi implements AutoCloseable {
  private static final String PATH = "/{tenant}/items";

  private final FakeApi api = FakeApi.start();

  TenantApi(int pageSize) {
    api.serve(endpoint().pageSize(pageSize));
  }

  /** Answers with fewer records than there are, and with another number each time. */
  TenantApi rechunked(long seed, int most) {
    api.serve(endpoint().pageSize(most).rechunked(seed));
    return this;
  }

  private static Endpoint endpoint() {
    return Endpoint.at(PATH).feedNamedBy("tenant").since("from", "id");
  }

  FakeApi api() {
    return api;
  }

  static String path(int tenant) {
    return PATH.replace("{tenant}", "t" + tenant);
  }

  /** Publishes records of the ids from {@code first}; their event time is the id in seconds. */
  void append(int tenant, long first, int count) {
    api.feed("t" + tenant)
        .append(
            LongStream.range(first, first + count)
                .mapToObj(id -> "{\"tenant\":%d,\"id\":%d}".formatted(tenant, id))
                .toList());
  }

  List<String> published() {
    return FeedRecord.texts(api.published());
  }

  static String inputs(int... tenants) {
    return Arrays.stream(tenants)
        .mapToObj("{\"tenant\":\"t%d\"}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  <T> RestSourceBuilder<T> source(RestDeserializer<T> deserializer, int... tenants) {
    return RestSource.<T>builder()
        .url(api.url(PATH + "?from={id}"))
        .inputData(inputs(tenants))
        .offsetType(OffsetType.INCREMENTAL)
        .offsetField("id")
        .streamingInterval(Duration.ofMillis(20))
        .deserializer(deserializer);
  }

  RestSourceBuilder<String> source(int... tenants) {
    return source(RestDeserializer.string(), tenants);
  }

  static <T> DataStream<T> read(StreamExecutionEnvironment env, RestSource<T> source) {
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "rest").uid("rest");
  }

  @Override
  public void close() {
    api.close();
  }
}
