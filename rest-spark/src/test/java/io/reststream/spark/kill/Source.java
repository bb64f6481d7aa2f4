package io.reststream.spark.kill;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.Tail;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** An API that the query reads, with two inputs. Together they are all offset types. */
enum Source {
  TIMESTAMP(
      "?feed={feed}&since={latest}",
      Map.of("offsetType", "timestamp", "offsetField", "latest", "dataField", "events")) {
    @Override
    Endpoint endpoint(Endpoint bare) {
      return bare.since("since", "ts").data("events").latest("latest", "ts");
    }
  },
  CURSOR(
      "?feed={feed}&cursor={next}",
      Map.of("offsetType", "cursor", "offsetField", "next", "dataField", "results")) {
    @Override
    Endpoint endpoint(Endpoint bare) {
      return bare.data("results").cursor("cursor", "next", Tail.MOVED);
    }
  },
  INCREMENTAL("?feed={feed}&start={id}", Map.of("offsetType", "incremental", "offsetField", "id")) {
    @Override
    Endpoint endpoint(Endpoint bare) {
      return bare.since("start", "id");
    }
  },
  MAX_FIELD("?feed={feed}&from={ts}", Map.of("offsetType", "max_field", "offsetField", "ts")) {
    @Override
    Endpoint endpoint(Endpoint bare) {
      return bare.since("from", "ts");
    }
  };

  /** More than a batch takes, so that pages are cut. */
  private static final int PAGE_SIZE = 12;

  private final String query;
  private final Map<String, String> options;

  Source(String query, Map<String, String> options) {
    this.query = query;
    this.options = options;
  }

  abstract Endpoint endpoint(Endpoint bare);

  private String path() {
    return "/" + name().toLowerCase(Locale.ROOT);
  }

  /** Answers whole pages. */
  Endpoint endpoint() {
    return endpoint(Endpoint.at(path()).feedNamedBy("feed").pageSize(PAGE_SIZE));
  }

  /** Answers every request with another portion, also one that was asked before. */
  Endpoint endpointNeverTheSame(long seed) {
    return endpoint().rechunked(seed);
  }

  Map<String, String> options(String api) {
    Map<String, String> all = new HashMap<>(options);
    all.put("url", api + path() + query);
    if (this != CURSOR) {
      all.put("pageSize", Integer.toString(PAGE_SIZE));
    }
    all.put("streamingInterval", "20ms");
    all.put("pageLogRetainBatches", "3");
    all.put("inputData", "[{\"feed\":\"%s-a\"},{\"feed\":\"%s-b\"}]".formatted(this, this));
    return all;
  }

  static List<String> feeds() {
    return Stream.of(values()).flatMap(it -> Stream.of(it + "-a", it + "-b")).toList();
  }
}
