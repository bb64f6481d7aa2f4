package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.stream.Stream;

/** Feeds in which nothing happens: how often is an API asked that has nothing to say? */
final class IdleScenarios {

  private static final int POLLS = 5;

  private IdleScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(
            maxField("idle: an empty feed").idle(POLLS).at(1).drain(),
            maxField("idle: one record").at(1).drain().idle(POLLS),
            incremental("idle: no ids").idle(POLLS).at(1).drain(),
            incremental("idle: one id").at(1).drain().idle(POLLS),
            cursor("idle: an empty feed, an unmoved cursor", Tail.MOVED).idle(POLLS).at(1).drain(),
            cursor("idle: an empty feed, no cursor", Tail.NULL).idle(POLLS).at(1).drain(),
            cursor("idle: one record, an unmoved cursor", Tail.MOVED).at(1).drain().idle(POLLS),
            cursor("idle: one record, no cursor", Tail.NULL).at(1).drain().idle(POLLS))
        .toList();
  }

  private static ScenarioBuilder maxField(String name) {
    return named(name)
        .serve(Endpoint.at("/log").since("since", "ts").data("data"))
        .options("url", "{base}/log?since={ts}", "offsetType", "max_field", "offsetField", "ts");
  }

  private static ScenarioBuilder incremental(String name) {
    return named(name)
        .serve(Endpoint.at("/items").since("start_id", "id"))
        .options("url", "{base}/items?start_id={id}")
        .options("offsetType", "incremental", "offsetField", "id")
        .records("{'id':$}");
  }

  private static ScenarioBuilder cursor(String name, Tail tail) {
    return named(name)
        .serve(Endpoint.at("/data").data("data").cursor("cursor", "next", tail))
        .options("url", "{base}/data?cursor={next}", "initialOffset", "start")
        .options("offsetType", "cursor", "offsetField", "next");
  }
}
