package io.reststream.examples.spark;

import io.reststream.examples.ExampleApi;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** Watches a running query: what it does, what the last batch brought, whether it ended. */
public final class WatchQuery {
  private WatchQuery() {}

  /** What a person wants to know of a query. */
  public static String report(StreamingQuery query) {
    StreamingQueryProgress progress = query.lastProgress();
    return progress == null
        ? query.status().message()
        : "%s; %d rows in batch %d; source: %s"
            .formatted(
                query.status().message(),
                progress.numInputRows(),
                progress.batchId(),
                progress.sources()[0].metrics());
  }

  /** Reports on a query every two seconds, until it is stopped. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = ExampleApi.growing()) {
      StreamingQuery query = MemorySink.start(LocalSpark.session(), api.url());
      while (!query.awaitTermination(2_000)) {
        System.out.println(report(query));
      }
    }
  }
}
