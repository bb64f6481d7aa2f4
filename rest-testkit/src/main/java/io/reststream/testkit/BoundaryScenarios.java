package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What may come again at the offset, and what comes in an order of its own. */
final class BoundaryScenarios {

  private BoundaryScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(ties(), Stream.of(goesBack()), unordered()).flatMap(s -> s).toList();
  }

  private static Stream<ScenarioBuilder> ties() {
    return Stream.of(
        maxField("a tie at the offset, appended later", log())
            .at(1, 2, 2)
            .drain()
            .at(2)
            .drain()
            .restart()
            .at(2, 3)
            .drain(),
        maxField("a tie at the offset, told by the response", log().latest("latest", "ts"))
            .options("url", "{base}/log?since={latest}")
            .options("offsetType", "timestamp", "offsetField", "latest")
            .at(1, 2, 2)
            .drain()
            .at(2)
            .drain()
            .restart()
            .at(2, 3)
            .drain(),
        maxField("a tie behind an exclusive boundary", log().exclusive())
            .options("offsetBoundary", "exclusive")
            .at(1, 2, 2)
            .drain()
            .at(2)
            .drain()
            .restart()
            .at(2, 3)
            .drain()
            .at(3)
            .drain(),
        maxField("ties alone, behind an exclusive boundary", log().exclusive())
            .options("offsetBoundary", "exclusive")
            .at(1, 1)
            .drain()
            .at(1)
            .drain()
            .restart()
            .at(2)
            .drain(),
        maxField("two records that are equal byte by byte", log())
            .records("{'ts':$,'v':1}")
            .at(5, 5)
            .drain()
            .at(5)
            .drain()
            .restart()
            .at(5, 6, 6)
            .drain(),
        maxField("an update with an equal offset value", log())
            .json("{\"id\":1,\"ts\":5,\"v\":1}")
            .drain()
            .json("{\"id\":1,\"ts\":5,\"v\":2}")
            .drain()
            .restart()
            .json("{\"id\":1,\"ts\":5,\"v\":3}", "{\"id\":2,\"ts\":6,\"v\":1}")
            .drain(),
        maxField(
                "tie groups: a page cut in a tie, exclusive",
                log().exclusive().ascending("ts").pageSize(3))
            .options("offsetBoundary", "exclusive", "pageSize", "3")
            .at(1, 1, 2, 2, 3, 4)
            .drain()
            .restart()
            .at(4, 5)
            .drain(),
        maxField("an error: numbers and dates mixed", log())
            .options("maxRetries", "0")
            .at(1, "\"2024-01-01T00:00:00Z\"")
            .drain()
            .expectFailure("2024-01-01T00:00:00Z"),
        maxField("the first record exactly at the initial offset", log())
            .options("initialOffset", "100")
            .at(98, 99, 100, 101)
            .drain()
            .restart()
            .at(101, 102)
            .drain()
            .expect(record -> !record.json().matches(".*\"ts\":9[89]}")));
  }

  /** A response's timestamp that goes back once does not move the offset back. */
  private static ScenarioBuilder goesBack() {
    Endpoint log = log().latest("latest", "ts");
    return named("timestamp: the response's goes back")
        .setUp(
            api -> {
              AtomicInteger answers = new AtomicInteger();
              Wording late =
                  new Wording()
                      .tells(
                          body ->
                              answers.incrementAndGet() == 2
                                  ? body.replaceAll("\"latest\":\\d+", "\"latest\":1")
                                  : body);
              api.serve(log, late::of);
            })
        .options("url", "{base}/log?since={latest}")
        .options("offsetType", "timestamp", "offsetField", "latest")
        .at(5, 6)
        .drain()
        .at(6, 7)
        .drain()
        .restart()
        .at(8)
        .drain();
  }

  private static Stream<ScenarioBuilder> unordered() {
    return Stream.of(
        maxField("newest first, all at once", log().descending("ts"))
            .at(1, 2, 3)
            .drain()
            .at(3, 4)
            .drain()
            .restart()
            .at(4, 5)
            .drain(),
        maxField("newest first, declared", log().descending("ts"))
            .options("order", "descending")
            .life(1, 2, 3, 4, 5, 6),
        maxField("oldest first, declared", log().ascending("ts"))
            .options("order", "ascending")
            .life(1, 2, 3, 4, 5, 6),
        maxField("oldest first, long enough to be inferred", log().ascending("ts"))
            .at(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)
            .drain()
            .at(20, 21)
            .drain()
            .restart()
            .at(21, 22)
            .drain(),
        maxField("in no order", log().ascending("rank"))
            .records("{'id':#,'ts':$,'rank':$}")
            .json(
                "{\"ts\":2,\"rank\":1}",
                "{\"ts\":1,\"rank\":3}",
                "{\"ts\":3,\"rank\":2}",
                "{\"ts\":3,\"rank\":9}")
            .drain()
            .json("{\"ts\":5,\"rank\":2}", "{\"ts\":4,\"rank\":8}")
            .drain()
            .restart()
            .json("{\"ts\":6,\"rank\":0}")
            .drain(),
        maxField("an events wall: the whole list at each poll", wall())
            .options("url", "{base}/log")
            .life(1, 2, 3, 4, 5, 6),
        maxField("an events wall with ties, newest first", wall().descending("ts"))
            .options("url", "{base}/log")
            .at(1, 2, 2)
            .drain()
            .at(2, 3)
            .drain()
            .restart()
            .at(3, 3)
            .drain());
  }

  private static ScenarioBuilder maxField(String name, Endpoint endpoint) {
    return named(name)
        .serve(endpoint)
        .options("url", "{base}/log?since={ts}", "offsetType", "max_field", "offsetField", "ts");
  }

  private static Endpoint log() {
    return wall().since("since", "ts");
  }

  private static Endpoint wall() {
    return Endpoint.at("/log").data("data");
  }
}
