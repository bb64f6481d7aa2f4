package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The offset types, each with appends between polls and a restart. */
final class OffsetScenarios {

  private OffsetScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(timestamps(), cursors(), ids(), maxFields()).flatMap(s -> s).toList();
  }

  private static Stream<ScenarioBuilder> timestamps() {
    String records = "{'id':#,'timestamp':$}";
    return Stream.of(
        named("timestamp: the response tells it")
            .serve(events("ts").data("events").latest("latest_timestamp", "ts"))
            .options("url", "{base}/events?since={latest_timestamp}")
            .options("offsetType", "timestamp", "offsetField", "latest_timestamp")
            .options("dataField", "events")
            .life(1, 2, 3, 4, 5, 6),
        named("timestamp: the response tells the server's clock")
            .serve(
                events("ts")
                    .with("latest_timestamp", new ResponseField.LargestOfFeed("ts"))
                    .data("events"))
            .options("url", "{base}/events?since={latest_timestamp}")
            .options("offsetType", "timestamp", "offsetField", "latest_timestamp")
            .options("dataField", "events")
            .life(1, 2, 3, 4, 5, 6),
        named("timestamp: only the records have it")
            .serve(events("timestamp").data("events"))
            .options("url", "{base}/events?since={timestamp}", "dataField", "events")
            .options("offsetType", "timestamp", "offsetField", "timestamp")
            .records(records)
            .life(1, 2, 3, 4, 5, 6),
        named("timestamp: nothing but a url is set")
            .serve(events("timestamp").data("data"))
            .options("url", "{base}/events?since={timestamp}")
            .records(records)
            .life(1, 2, 3, 4, 5, 6),
        named("timestamp: asked by POST, in a JSON body")
            .serve(events("timestamp").data("data"))
            .options("url", "{base}/events", "method", "POST")
            .options("body", "{\"since\":{timestamp}}")
            .records(records)
            .life(1, 2, 3, 4, 5, 6));
  }

  private static Endpoint events(String field) {
    return Endpoint.at("/events").since("since", field);
  }

  private static Stream<ScenarioBuilder> cursors() {
    Stream<ScenarioBuilder> tails =
        Stream.of(Tail.values())
            .flatMap(tail -> Stream.of(cursor(tail, 2, "in pages"), cursor(tail, 100, "whole")));
    Stream<ScenarioBuilder> places =
        Stream.of(
            named("cursor: in a response header")
                .serve(data().cursor("cursor", "header:X-Next-Cursor", Tail.ABSENT))
                .options("url", "{base}/data?cursor={offset}", "initialOffset", "start")
                .options("offsetType", "cursor", "offsetField", "header:X-Next-Cursor")
                .life(1, 2, 3, 4, 5, 6),
            named("cursor: nested, before the records")
                .serve(data().cursor("cursor", "meta.next", Tail.NULL).data("payload.items"))
                .options("url", "{base}/data?cursor={offset}", "initialOffset", "start")
                .options("offsetType", "cursor", "offsetField", "meta.next")
                .options("dataField", "payload.items")
                .life(1, 2, 3, 4, 5, 6),
            named("cursor: not sent until there is one")
                .serve(data().data("data").cursor("cursor", "cursor", Tail.NULL))
                .options("url", "{base}/data{?cursor}", "initialOffset", "")
                .options("offsetType", "cursor", "offsetField", "cursor")
                .life(1, 2, 3, 4, 5, 6),
            named("cursor: moves over empty pages")
                .serve(
                    data().emptyFirstPages(3).data("data").cursor("cursor", "cursor", Tail.MOVED))
                .options("url", "{base}/data?cursor={cursor}", "initialOffset", "start")
                .options("offsetType", "cursor", "offsetField", "cursor")
                .life(1, 2, 3, 4, 5, 6));
    return Stream.concat(tails, places);
  }

  private static ScenarioBuilder cursor(Tail tail, int pageSize, String how) {
    return named("cursor: " + tail.name().toLowerCase(Locale.ROOT) + " at the tail, " + how)
        .serve(data().pageSize(pageSize).data("results").cursor("cursor", "next_cursor", tail))
        .options("url", "{base}/data?cursor={next_cursor}", "initialOffset", "start")
        .options("offsetType", "cursor", "offsetField", "next_cursor", "dataField", "results")
        .life(1, 2, 3, 4, 5, 6);
  }

  private static Endpoint data() {
    return Endpoint.at("/data").pageSize(2);
  }

  private static Stream<ScenarioBuilder> ids() {
    return Stream.of(
        incremental("incremental: a bare array", items()).life(1, 2, 3, 4, 5, 6),
        incremental("incremental: fewer at once than there are", items().pageSize(2))
            .at(1, 2, 3, 4, 5)
            .drain()
            .at(6, 7, 8)
            .drain()
            .restart()
            .at(9)
            .drain(),
        incremental("incremental: gaps between the ids", items()).life(3, 10, 11, 50, 51, 100),
        incremental("incremental: asks with the largest id plus one", items())
            .at(1, 7)
            .drain()
            .run(api -> assertAskedWith(api, "start_id", "8"))
            .at(9)
            .drain(),
        incremental("incremental: ids as text", items())
            .records("{'id':'$'}")
            .life(8, 9, 10, 11, 99, 100),
        incremental("incremental: ids beyond 2^53", items())
            .life(
                "9007199254740991",
                "9007199254740992",
                "9007199254740993",
                "9007199254740994",
                "9007199254740995",
                "9223372036854775806"),
        incremental("incremental: 204 when there is nothing new", items(WhenEmpty.NO_CONTENT))
            .life(1, 2, 3, 4, 5, 6),
        incremental("an error: an empty body with status 200", items(WhenEmpty.EMPTY_BODY))
            .at(1)
            .drain()
            .expectFailure("empty"),
        incremental("incremental: the API tells what is after an id", items().exclusive())
            .options("offsetBoundary", "exclusive")
            .life(1, 2, 3, 4, 5, 6));
  }

  private static ScenarioBuilder incremental(String name, Endpoint endpoint) {
    return named(name)
        .serve(endpoint)
        .options("url", "{base}/items?start_id={id}")
        .options("offsetType", "incremental", "offsetField", "id")
        .records("{'id':$}");
  }

  private static void assertAskedWith(FakeApi api, String param, String value) {
    List<Request> requests = api.requests();
    if (!value.equals(requests.get(requests.size() - 1).param(param))) {
      throw new AssertionError("Expected " + param + "=" + value + " last, but came: " + requests);
    }
  }

  private static Endpoint items() {
    return Endpoint.at("/items").since("start_id", "id");
  }

  private static Endpoint items(WhenEmpty whenEmpty) {
    return items().whenEmpty(whenEmpty);
  }

  private static Stream<ScenarioBuilder> maxFields() {
    return Stream.of(
        maxField("max_field: epoch numbers").life(1, 2, 3, 4, 5, 6),
        maxField("max_field: decimal numbers").life("0.9", "1.10", "1.2", "1.25", "9.5", "10.0"),
        maxField("max_field: ISO-8601 text")
            .records("{'id':#,'updated_at':'2024-01-01T00:00:0$Z'}")
            .life(1, 2, 3, 4, 5, 6),
        maxField("max_field: ISO-8601 text from an initial offset")
            .options("initialOffset", "2024-01-01T00:00:00Z")
            .records("{'id':#,'updated_at':'2024-01-01T00:00:0$Z'}")
            .life(1, 2, 3, 4, 5, 6),
        maxField("max_field: ISO-8601 text with a plus sign")
            .records("{'id':#,'updated_at':'2024-01-01T01:00:0$+01:00'}")
            .life(1, 2, 3, 4, 5, 6),
        maxField("max_field: numbers of different length as text")
            .records("{'id':#,'updated_at':'$'}")
            .life(8, 9, 10, 11, 99, 100));
  }

  private static ScenarioBuilder maxField(String name) {
    return named(name)
        .serve(Endpoint.at("/changes").since("updated_since", "updated_at").data("data"))
        .options("url", "{base}/changes?updated_since={updated_at}")
        .options("offsetType", "max_field", "offsetField", "updated_at")
        .records("{'id':#,'updated_at':$}");
  }
}
