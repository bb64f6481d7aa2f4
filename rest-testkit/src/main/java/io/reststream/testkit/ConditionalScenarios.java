package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.stream.Stream;

/** APIs that answer 304 when nothing is new, and what such an answer does not tell. */
final class ConditionalScenarios {

  private ConditionalScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(
            wall("conditional: an events wall with an ETag and X-Poll-Interval")
                .serve(
                    wall()
                        .descending("ts")
                        .etag()
                        .with("header:X-Poll-Interval", new ResponseField.Constant("0.05"))),
            wall("conditional: a Last-Modified alone").serve(wall().lastModified()),
            wall("conditional: an offset that stays while ties come")
                .options("url", "{base}/log?since={ts}")
                .serve(wall().since("since", "ts").etag()),
            paged("conditional: pages, newest first, as declared")
                .options("order", "descending")
                .serve(pages().descending("ts").nextUrl("next", Tail.NULL).etag()),
            paged("conditional: pages, oldest first, whose first page stays the same")
                .serve(pages().nextUrl("next", Tail.NULL).etag()),
            paged("conditional: a next link in a header, which an ETag does not cover")
                .options("nextField", "header:X-Next")
                .serve(pages().nextUrl("header:X-Next", Tail.ABSENT).etag()),
            wall("conditional: not by option")
                .options("conditionalRequests", "false")
                .serve(wall().etag()))
        .map(ConditionalScenarios::life)
        .toList();
  }

  private static ScenarioBuilder life(ScenarioBuilder row) {
    return row.at(1, 2)
        .drain()
        .at(3)
        .drain()
        .drain()
        .restart()
        .at(3, 4)
        .drain()
        .restart()
        .at(5)
        .drain();
  }

  private static ScenarioBuilder wall(String name) {
    return named(name).options("url", "{base}/log", "offsetType", "max_field", "offsetField", "ts");
  }

  private static ScenarioBuilder paged(String name) {
    return wall(name).options("pagination", "nextUrl", "nextField", "next", "keyField", "id");
  }

  private static Endpoint wall() {
    return Endpoint.at("/log").data("data");
  }

  private static Endpoint pages() {
    return wall().pageSize(2);
  }
}
