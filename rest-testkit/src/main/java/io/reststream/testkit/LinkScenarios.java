package io.reststream.testkit;

import static io.reststream.testkit.PagedRows.log;
import static io.reststream.testkit.PagedRows.manyPages;
import static io.reststream.testkit.PagedRows.maxField;
import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.stream.Stream;

/** Links in headers and arrays, and links that are the offset. */
final class LinkScenarios {

  private LinkScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(
            manyPages(
                header(
                    "linkHeader: absolute", log().descending("ts").linkHeader(true, Tail.ABSENT))),
            manyPages(
                header(
                    "linkHeader: relative", log().descending("ts").linkHeader(false, Tail.ABSENT))),
            manyPages(
                    header(
                        "linkHeader: lines of records",
                        Endpoint.at("/log")
                            .since("since", "ts")
                            .pageSize(2)
                            .ndjson()
                            .linkHeader(true, Tail.ABSENT)))
                .options("responseFormat", "ndjson"),
            manyPages(
                    maxField(
                        "nextUrl: by rel in an array of links",
                        log().descending("ts").linkArray("links", Tail.ABSENT)))
                .options("url", "{base}/log?since={ts}", "pagination", "nextUrl")
                .options("nextField", "links[rel=next].uri"),
            manyPages(always("an always-next link: the offset, as Okta has it", Tail.MOVED)),
            always("an always-next link: caught up", Tail.MOVED)
                .at(1, 2, 3)
                .drain()
                .idle(5)
                .at(4)
                .drain(),
            manyPages(always("an always-next link: unmoved at the end", Tail.UNMOVED)),
            manyPages(
                named("nextLink, then deltaLink, as Graph has them")
                    .serve(
                        Endpoint.at("/delta")
                            .pageSize(2)
                            .data("value")
                            .nextUrl("/@odata.nextLink", Tail.ABSENT)
                            .with("/@odata.deltaLink", new ResponseField.LaterLink()))
                    .options("url", "{base}/delta", "dataField", "value")
                    .options("offsetType", "cursor", "offsetField", "@odata.deltaLink")
                    .options("pagination", "nextUrl", "nextField", "@odata.nextLink")))
        .toList();
  }

  private static ScenarioBuilder header(String name, Endpoint endpoint) {
    return maxField(name, endpoint)
        .options("url", "{base}/log?since={ts}", "pagination", "linkHeader");
  }

  private static ScenarioBuilder always(String name, Tail tail) {
    return named(name)
        .serve(Endpoint.at("/logs").pageSize(2).linkHeader(true, tail))
        .options("url", "{base}/logs", "offsetType", "cursor", "offsetField", "link:next");
  }
}
