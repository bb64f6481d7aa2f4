package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Records that come late: delivered within the lookback, and none of the others twice. */
final class LateScenarios {

  private LateScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(times(), ids(), pages(), refused()).flatMap(s -> s).toList();
  }

  private static Stream<ScenarioBuilder> times() {
    return Stream.of(
        maxField("lookback: a late record, ascending", log().ascending("ts"))
            .options("lookback", "5")
            .at(10, 11, 15)
            .drain()
            .at(12, 16)
            .drain()
            .restart()
            .at(13, 17, 12)
            .drain(),
        maxField("lookback: a late record, newest first", log().descending("ts"))
            .options("lookback", "5")
            .at(10, 11, 15)
            .drain()
            .at(12, 16)
            .drain()
            .restart()
            .at(13, 17)
            .drain(),
        maxField("lookback: later than that is not delivered", log())
            .options("lookback", "5")
            .at(10, 20)
            .drain()
            .at(14, 15, 21)
            .drain()
            .expect(without("\"ts\":14")),
        maxField("lookback: an exclusive boundary, with ties", log().exclusive())
            .options("lookback", "5", "offsetBoundary", "exclusive")
            .at(10, 15, 15)
            .drain()
            .at(15, 11, 16)
            .drain()
            .restart()
            .at(15, 17)
            .drain(),
        maxField("lookback: an update within it is a new record", log())
            .options("lookback", "5", "keyField", "id")
            .json("{\"id\":1,\"ts\":10}", "{\"id\":2,\"ts\":12}")
            .drain()
            .json("{\"id\":1,\"ts\":13}")
            .drain()
            .restart()
            .json("{\"id\":1,\"ts\":14}", "{\"id\":3,\"ts\":12}")
            .drain(),
        maxField("lookback: two records that are equal byte by byte", log())
            .options("lookback", "5")
            .records("{'ts':$,'v':1}")
            .at(10, 10, 12)
            .drain()
            .at(10, 13)
            .drain()
            .restart()
            .at(12, 14)
            .drain(),
        maxField("lookback: never before the initial offset", log())
            .options("lookback", "50", "initialOffset", "100")
            .at(98, 99, 100, 101)
            .drain()
            .restart()
            .at(99, 100, 102)
            .drain()
            .expect(without("\"ts\":9")),
        maxField("lookback: a wall without a place for the offset", log())
            .options("url", "{base}/log", "lookback", "5")
            .at(10, 12)
            .drain()
            .at(11, 13)
            .drain()
            .restart()
            .at(9, 14)
            .drain(),
        named("lookback: a timestamp of the response")
            .serve(log().latest("latest", "ts"))
            .options("url", "{base}/log?since={latest}", "lookback", "5")
            .options("offsetType", "timestamp", "offsetField", "latest")
            .at(10, 15)
            .drain()
            .at(12, 16)
            .drain()
            .restart()
            .at(12, 17)
            .drain());
  }

  private static Stream<ScenarioBuilder> ids() {
    return Stream.of(
        named("lookback: an id gap filled late")
            .serve(Endpoint.at("/items").since("start_id", "id"))
            .options("url", "{base}/items?start_id={id}", "lookback", "3")
            .options("offsetType", "incremental", "offsetField", "id")
            .records("{'id':$}")
            .at(1, 2, 4)
            .drain()
            .at(3, 5)
            .drain()
            .restart()
            .at(7, 6)
            .drain(),
        named("an id gap filled late, without lookback")
            .serve(Endpoint.at("/items").since("start_id", "id"))
            .options("url", "{base}/items?start_id={id}")
            .options("offsetType", "incremental", "offsetField", "id")
            .records("{'id':$}")
            .at(1, 2, 4)
            .drain()
            .at(3, 5)
            .drain()
            .expect(without("\"id\":3")));
  }

  private static Stream<ScenarioBuilder> pages() {
    return Stream.of(
        maxField("lookback: wider than a page, without pages", log().ascending("ts").pageSize(3))
            .options("lookback", "10", "pageSize", "3")
            .at(10, 11, 12, 13, 14, 15, 16)
            .drain()
            .at(12, 17)
            .drain()
            .restart()
            .at(9, 11, 18)
            .drain(),
        maxField(
                "lookback: wider than a page, exclusive",
                log().exclusive().ascending("ts").pageSize(3))
            .options("lookback", "10", "pageSize", "3", "offsetBoundary", "exclusive")
            .at(10, 11, 12, 13, 14, 15, 16)
            .drain()
            .at(12, 17)
            .drain()
            .restart()
            .at(9, 18)
            .drain(),
        maxField("lookback: wider than a page, with links", paged().ascending("ts"))
            .options("lookback", "10", "pagination", "nextUrl", "order", "ascending")
            .at(10, 11, 12, 13, 14, 15, 16)
            .drain()
            .at(12, 17)
            .drain()
            .restart()
            .at(9, 18)
            .drain(),
        maxField("lookback: pages newest first, declared", paged().descending("ts"))
            .options("lookback", "2")
            .options("pagination", "nextUrl", "order", "descending")
            .at(1, 2, 3, 4, 5, 6, 7, 8)
            .drain()
            .at(7, 9)
            .drain()
            .restart()
            .at(8, 10)
            .drain());
  }

  /** What cannot be passed is said, and nothing is hidden behind it. */
  private static Stream<ScenarioBuilder> refused() {
    return Stream.of(
        maxField("lookback: more keys than are allowed", log())
            .options("lookback", "100", "maxKeys", "3")
            .at(10, 11, 12, 13)
            .drain()
            .expectFailure(
                "brings the delivered records that may come again to 4, but 'maxKeys' is 3; set"
                    + " 'order' if the records have one, shorten 'lookback', or raise 'maxKeys'"),
        maxField("lookback: a time span between numbers", log())
            .options("lookback", "5m")
            .at(10)
            .drain()
            .expectFailure(
                "has '10' in the field 'ts', which is a number, but option 'lookback' is a time"
                    + " span: set 'offsetFormat' to 'epochSeconds' or 'epochMillis' if that is what"
                    + " they are, or 'lookback' to a number"));
  }

  private static Predicate<FeedRecord> without(String text) {
    return record -> !record.json().contains(text);
  }

  private static ScenarioBuilder maxField(String name, Endpoint endpoint) {
    return named(name)
        .serve(endpoint)
        .options("url", "{base}/log?since={ts}", "offsetType", "max_field", "offsetField", "ts");
  }

  private static Endpoint log() {
    return Endpoint.at("/log").data("data").since("since", "ts");
  }

  private static Endpoint paged() {
    return log().pageSize(2).nextUrl("next", Tail.NULL);
  }
}
