package io.reststream.testkit;

import static io.reststream.testkit.PagedRows.log;
import static io.reststream.testkit.PagedRows.manyPages;
import static io.reststream.testkit.PagedRows.maxField;
import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.stream.Stream;

/** When a cycle of pages ends, and with how many requests. */
final class EndRuleScenarios {

  private EndRuleScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.concat(rules(), requests()).toList();
  }

  private static Stream<ScenarioBuilder> rules() {
    return Stream.of(
        manyPages(ending("end: hasMoreField", "has_more", new ResponseField.HasMore()))
            .options("hasMoreField", "has_more"),
        manyPages(
                ending(
                    "end: hasMoreField in a header", "header:X-More", new ResponseField.HasMore()))
            .options("hasMoreField", "header:X-More"),
        manyPages(ending("end: endWhen", "meta.isLast", new ResponseField.IsLast()))
            .options("endWhen", "meta.isLast=true"),
        manyPages(ending("end: totalField", "total", new ResponseField.Total()))
            .options("totalField", "total"),
        manyPages(ending("end: totalPagesField", "pages", new ResponseField.TotalPages()))
            .options("totalPagesField", "pages"),
        ending("end: a total smaller than a page", "total", new ResponseField.Constant("1"))
            .options("totalField", "total")
            .at(1, 2, 3)
            .drain()
            .expectFailure("has 2 records, but only 1 in all by the field 'total'"),
        manyPages(
                maxField(
                    "end: a short page",
                    log().descending("ts").pageNumber("page", 1).sayingTheEnd()))
            .options("url", "{base}/log?since={ts}&page={page}", "pagination", "pageNumber")
            .options("shortPageEnds", "true", "pageSize", "2"),
        manyPages(
                maxField("end: maxPages pauses", log().descending("ts").nextUrl("next", Tail.NULL)))
            .options("url", "{base}/log?since={ts}", "pagination", "nextUrl")
            .options("nextField", "next", "maxPages", "2"),
        manyPages(
                maxField(
                    "end: maxPages pauses counted pages",
                    log().descending("ts").pageNumber("page", 1)))
            .options("url", "{base}/log?since={ts}&page={page}", "pagination", "pageNumber")
            .options("maxPages", "1"),
        manyPages(
                named("end: a cursor until end_of_stream, as Zendesk has it")
                    .serve(
                        Endpoint.at("/data")
                            .pageSize(2)
                            .data("data")
                            .cursor("cursor", "after_cursor", Tail.MOVED)
                            .with("end_of_stream", new ResponseField.IsLast()))
                    .options("url", "{base}/data?cursor={offset}")
                    .options("offsetType", "cursor", "offsetField", "after_cursor"))
            .options("endWhen", "end_of_stream=true"));
  }

  /** Five records in pages of two are three requests where the end is said, and four where not. */
  private static Stream<ScenarioBuilder> requests() {
    return Stream.of(
        fiveRecords(ending("requests: hasMoreField", "more", new ResponseField.HasMore()), 3, 1)
            .options("hasMoreField", "more"),
        fiveRecords(ending("requests: totalField", "total", new ResponseField.Total()), 3, 1)
            .options("totalField", "total"),
        fiveRecords(ending("requests: totalPagesField", "n", new ResponseField.TotalPages()), 3, 1)
            .options("totalPagesField", "n"),
        fiveRecords(
            maxField("requests: no end is said", log().descending("ts").pageNumber("page", 1))
                .options("url", "{base}/log?since={ts}&page={page}")
                .options("pagination", "pageNumber"),
            4,
            2),
        fiveRecords(
            maxField("requests: nextUrl", log().descending("ts").nextUrl("next", Tail.NULL))
                .options("url", "{base}/log?since={ts}", "pagination", "nextUrl")
                .options("nextField", "next"),
            3,
            1),
        fiveRecords(
            maxField("requests: linkHeader", log().descending("ts").linkHeader(true, Tail.NULL))
                .options("url", "{base}/log?since={ts}", "pagination", "linkHeader"),
            3,
            1),
        fiveRecords(
            named("requests: a cursor until is_last")
                .serve(
                    Endpoint.at("/data")
                        .pageSize(2)
                        .data("data")
                        .cursor("cursor", "next", Tail.MOVED)
                        .with("is_last", new ResponseField.IsLast()))
                .options("url", "{base}/data?cursor={next}", "endWhen", "is_last=true")
                .options("offsetType", "cursor", "offsetField", "next"),
            3,
            1));
  }

  private static ScenarioBuilder fiveRecords(ScenarioBuilder row, int needed, int idle) {
    return row.at(1, 2, 3, 4, 5).drain(needed, idle);
  }

  private static ScenarioBuilder ending(String name, String place, ResponseField field) {
    return maxField(
            name, log().descending("ts").pageNumber("page", 1).with(place, field).sayingTheEnd())
        .options("url", "{base}/log?since={ts}&page={page}", "pagination", "pageNumber");
  }
}
