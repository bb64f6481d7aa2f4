package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What the rows about pages have in common: pages of two records of a log. */
final class PagedRows {

  private PagedRows() {}

  /** A log that is asked for what is new, in pages of two. */
  static Endpoint log() {
    return Endpoint.at("/log").since("since", "ts").pageSize(2).data("data");
  }

  /** The largest {@code ts} is the offset. */
  static ScenarioBuilder maxField(String name, Endpoint endpoint) {
    return named(name).serve(endpoint).options("offsetType", "max_field", "offsetField", "ts");
  }

  /** Cycles of several pages, with a restart between them. */
  static ScenarioBuilder manyPages(ScenarioBuilder scenario) {
    return scenario
        .at(1, 2, 3, 4, 5)
        .drain()
        .at(6, 7, 8)
        .drain()
        .restart()
        .at(9, 10, 11, 12)
        .drain();
  }

  /** Acts once per API, when such a request's answer is made up. */
  static Consumer<FakeApi> onceAfter(Predicate<Request> occasion, Consumer<FakeApi> action) {
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
}
