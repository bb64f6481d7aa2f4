package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.stream.Stream;

/** APIs that are asked for what lies between two times. */
final class WindowScenarios {
  /** Longer than appending a record takes after its time was read off the clock. */
  private static final String LAG = "1500ms";

  private WindowScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(
            life(windows("windows: the end is exclusive", log().until("to"))),
            life(windows("windows: the end is inclusive", log().upTo("to"))),
            life(
                windows(
                        "windows: the end is inclusive, the start exclusive",
                        startless().upTo("to"))
                    .options("offsetBoundary", "exclusive")),
            life(
                windows("windows: both ends are exclusive", startless().until("to"))
                    .options("offsetBoundary", "exclusive")),
            life(
                windows("windows: pages within a window", paged())
                    .options("url", "{base}/log?from={windowStart}&to={windowEnd}{&pageToken}")
                    .options("pagination", "cursor", "nextField", "next")),
            life(
                windows(
                        "windows: counted pages within a window",
                        log().upTo("to").descending("at").pageSize(2).pageNumber("page", 1))
                    .options("url", "{base}/log?from={windowStart}&to={windowEnd}&page={page}")
                    .options("pagination", "pageNumber")),
            life(
                windows(
                        "windows: pages by the records before them within a window",
                        log().upTo("to").pageSize(2).offsetLimit("from_record", 0))
                    .options(
                        "url",
                        "{base}/log?from={windowStart}&to={windowEnd}&from_record={pageOffset}")
                    .options("pagination", "offsetLimit")),
            life(
                windows(
                        "windows: pages that begin with the last record of the one before",
                        log().upTo("to").pageSize(2).from("after", "id"))
                    .options(
                        "url", "{base}/log?from={windowStart}&to={windowEnd}&after={pageToken}")
                    .options("pagination", "lastRecord")),
            life(
                without("windows: no time in the options, known by its key", log().upTo("to"))
                    .options("keyField", "id")),
            life(without("windows: no time and no key in the options", log().upTo("to"))),
            windows("windows: late, but within the lag", log().upTo("to"))
                .at("<start-4000>")
                .open()
                .drain()
                .at("<now-200>", "<now>")
                .drain(),
            windows("windows: one that is cut is halved", log().upTo("to").pageSize(5))
                .options("windowSize", "2s", "windowCap", "5")
                .at("<start-6000>", "<start-5700>", "<start-5500>", "<start-5000>")
                .at("<start-4700>", "<start-4400>", "<start-4000>", "<start-2500>")
                .open()
                .drain()
                .restart()
                .at("<now>")
                .drain(),
            windows("windows: the shortest one is still cut", log().upTo("to").pageSize(2))
                .options("windowCap", "2")
                .at("<start-3900>", "<start-3900>", "<start-3900>")
                .open()
                .drain()
                .expectFailure("a window cannot be shorter than 250 ms"))
        .toList();
  }

  private static ScenarioBuilder life(ScenarioBuilder row) {
    return row.at("<start-6000>", "<start-5750>", "<start-5600>", "<start-5500>")
        .at("<start-5500>", "<start-4250>", "<start-4000>", "<start-3750>")
        .open()
        .drain()
        .at("<now>", "<now>")
        .drain()
        .restart()
        .at("<now>")
        .drain();
  }

  private static ScenarioBuilder windows(String name, Endpoint endpoint) {
    return without(name, endpoint).options("offsetField", "at");
  }

  private static ScenarioBuilder without(String name, Endpoint endpoint) {
    return named(name)
        .serve(endpoint)
        .options("url", "{base}/log?from={windowStart}&to={windowEnd}")
        .options("windowSize", "250ms", "windowLag", LAG, "initialOffset", "<start-6250>")
        .records("{'id':#,'at':'$'}");
  }

  private static Endpoint log() {
    return Endpoint.at("/log").since("from", "at").data("data");
  }

  private static Endpoint startless() {
    return log().exclusive();
  }

  private static Endpoint paged() {
    return log().upTo("to").descending("at").pageSize(1).cursor("pageToken", "next", Tail.NULL);
  }
}
