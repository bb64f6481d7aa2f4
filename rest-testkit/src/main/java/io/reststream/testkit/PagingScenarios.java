package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Cycles of several pages. */
final class PagingScenarios {

  private static final Predicate<Request> LATER_PAGE = r -> r.param("page_token") != null;
  private static final Predicate<Request> FIRST_PAGE = LATER_PAGE.negate();

  private PagingScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.concat(pages(), oddPages()).toList();
  }

  private static Stream<ScenarioBuilder> pages() {
    return Stream.of(
        linked(
            "nextUrl: absolute, newest first", log().descending("ts").nextUrl("next", Tail.NULL)),
        linked(
            "nextUrl: relative, newest first", log().descending("ts").nextPath("next", Tail.NULL)),
        linked("nextUrl: oldest first", log().ascending("ts").nextUrl("next", Tail.ABSENT)),
        linked("nextUrl: empty at the end", log().descending("ts").nextPath("next", Tail.EMPTY)),
        linked("nextUrl: nested", log().descending("ts").nextUrl("links.next", Tail.NULL))
            .options("nextField", "links.next"),
        linked("nextUrl: newest first, declared", log().descending("ts").nextUrl("next", Tail.NULL))
            .options("order", "descending"),
        linked("nextUrl: oldest first, declared", log().ascending("ts").nextUrl("next", Tail.NULL))
            .options("order", "ascending"),
        paged("page cursor: {pageToken}, newest first", "page", Tail.NULL)
            .options("url", "{base}/log?since={ts}&page={pageToken}"),
        paged("page cursor: the field's own name, newest first", "next", Tail.ABSENT)
            .options("url", "{base}/log?since={ts}{&next}"),
        paged("page cursor: empty at the end", "page", Tail.EMPTY)
            .options("url", "{base}/log?since={ts}&page={pageToken}"));
  }

  private static Stream<ScenarioBuilder> oddPages() {
    return Stream.of(
        linked(
            "empty first pages with a next link",
            log().emptyFirstPages(3).nextUrl("next", Tail.NULL)),
        linked(
            "a dozen empty pages with a next link",
            log().emptyFirstPages(12).nextUrl("next", Tail.NULL)),
        linking(
                "a tie on the last page, newest first",
                log().descending("ts").nextUrl("next", Tail.NULL))
            .at(1, 2, 3)
            .drain()
            .at(3, 3, 3)
            .drain()
            .restart()
            .at(3, 4)
            .drain(),
        linking(
                "an append into the part already read",
                log().ascending("rank").nextUrl("next", Tail.NULL))
            .setUp(
                onceAfter(
                    LATER_PAGE,
                    api -> api.feed().append("{\"ts\":7,\"rank\":0}", "{\"ts\":8,\"rank\":9}")))
            .json(
                "{\"ts\":3,\"rank\":1}",
                "{\"ts\":5,\"rank\":2}",
                "{\"ts\":4,\"rank\":3}",
                "{\"ts\":6,\"rank\":4}",
                "{\"ts\":2,\"rank\":5}")
            .drain()
            .drain()
            .restart()
            .json("{\"ts\":8,\"rank\":6}")
            .drain(),
        linking(
                "tie groups: as large as a page, and larger",
                log().descending("ts").nextUrl("next", Tail.NULL))
            .at(1, 1, 2, 2, 2, 2, 2, 3)
            .drain()
            .at(3, 3, 3)
            .drain()
            .restart()
            .at(3, 4, 4)
            .drain(),
        linking("an error: a circle of two tokens", log())
            .setUp(
                api ->
                    api.serve(
                        "/log",
                        request ->
                            Answer.json(
                                "{\"data\":[],\"next\":\"/log?page_token=%s\"}"
                                    .formatted(
                                        "a".equals(request.param("page_token")) ? "b" : "a"))))
            .drain()
            .expectFailure("the API pages in a circle"),
        named("cursor: a full last page, then an empty one with null")
            .setUp(
                api ->
                    api.serve(
                        Endpoint.at("/data")
                            .pageSize(2)
                            .data("data")
                            .cursor("cursor", "next", Tail.MOVED),
                        new Wording().tells(PagingScenarios::nullIfEmpty)::of))
            .options("url", "{base}/data?cursor={next}", "initialOffset", "start")
            .options("offsetType", "cursor", "offsetField", "next")
            .at(1, 2, 3, 4)
            .drain(3, 1)
            .at(5, 6)
            .drain()
            .restart()
            .at(7, 8, 9)
            .drain(),
        linked(
                "a page token that is refused in mid-cycle",
                log().descending("ts").nextUrl("next", Tail.NULL))
            .setUp(onceAfter(FIRST_PAGE, api -> api.fault(Fault.status(410)))),
        linking("appends in mid-cycle under a server's clock", serverClock())
            .setUp(
                onceAfter(
                    LATER_PAGE,
                    api -> api.feed().append("{\"id\":10,\"ts\":6}", "{\"id\":11,\"ts\":7}")))
            .options("url", "{base}/log?since={now}")
            .options("offsetType", "timestamp", "offsetField", "now")
            .at(1, 2, 3, 4, 5)
            .drain()
            .drain()
            .restart()
            .at(8)
            .drain());
  }

  private static String nullIfEmpty(String body) {
    return body.contains("[]") ? body.replaceAll("\"next\":\"[^\"]*\"", "\"next\":null") : body;
  }

  private static Endpoint serverClock() {
    return log()
        .descending("ts")
        .with("now", new ResponseField.LargestOfFeed("ts"))
        .nextUrl("next", Tail.NULL);
  }

  /** Acts once per API, when such a request's answer is made up. */
  private static Consumer<FakeApi> onceAfter(
      Predicate<Request> occasion, Consumer<FakeApi> action) {
    return api -> {
      AtomicBoolean done = new AtomicBoolean();
      api.afterAnswer(
          request -> {
            if (occasion.test(request) && done.compareAndSet(false, true)) {
              action.accept(api);
            }
          });
    };
  }

  private static ScenarioBuilder linked(String name, Endpoint endpoint) {
    return manyPages(linking(name, endpoint));
  }

  private static ScenarioBuilder linking(String name, Endpoint endpoint) {
    return maxField(name, endpoint)
        .options("url", "{base}/log?since={ts}", "pagination", "nextUrl", "nextField", "next");
  }

  private static ScenarioBuilder paged(String name, String param, Tail tail) {
    Endpoint endpoint = log().descending("ts").cursor(param, "next", tail);
    return manyPages(maxField(name, endpoint).options("pagination", "cursor", "nextField", "next"));
  }

  private static ScenarioBuilder maxField(String name, Endpoint endpoint) {
    return named(name).serve(endpoint).options("offsetType", "max_field", "offsetField", "ts");
  }

  private static ScenarioBuilder manyPages(ScenarioBuilder scenario) {
    return scenario
        .at(1, 2, 3, 4, 5)
        .drain()
        .at(6, 7, 8)
        .drain()
        .restart()
        .at(9, 10, 11, 12)
        .drain();
  }

  private static Endpoint log() {
    return Endpoint.at("/log").since("since", "ts").pageSize(2).data("data");
  }
}
