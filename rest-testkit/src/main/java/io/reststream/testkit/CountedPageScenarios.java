package io.reststream.testkit;

import static io.reststream.testkit.PagedRows.log;
import static io.reststream.testkit.PagedRows.manyPages;
import static io.reststream.testkit.PagedRows.maxField;
import static io.reststream.testkit.PagedRows.onceAfter;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Pages that are counted: by their number, or by the records before them. */
final class CountedPageScenarios {

  private static final Predicate<Request> SECOND_PAGE = r -> "2".equals(r.param("page"));

  private CountedPageScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.concat(numbers(), offsets()).toList();
  }

  private static Stream<ScenarioBuilder> numbers() {
    return Stream.of(
        manyPages(number("pageNumber: newest first", newestFirst())),
        manyPages(number("pageNumber: newest first, declared", newestFirst()))
            .options("order", "descending"),
        manyPages(number("pageNumber: oldest first", log().ascending("ts").pageNumber("page", 1))),
        manyPages(number("pageNumber: from 0, {pageToken}", log().pageNumber("page", 0)))
            .options("url", "{base}/log?since={ts}&page={pageToken}", "firstPage", "0"),
        manyPages(number("pageNumber: in a JSON body", newestFirst()))
            .options("url", "{base}/log", "method", "POST")
            .options("body", "{\"since\": {ts}, \"page\": {page}}"),
        manyPages(number("pageNumber: in a header", log().pageNumber("header:X-Page", 1)))
            .options("url", "{base}/log?since={ts}", "header.X-Page", "{page}"),
        number("pageNumber: shifted by more than a page", newestFirst())
            .setUp(
                onceAfter(
                    SECOND_PAGE,
                    api ->
                        api.feed()
                            .append(
                                "{\"id\":11,\"ts\":8}",
                                "{\"id\":12,\"ts\":8}",
                                "{\"id\":13,\"ts\":9}",
                                "{\"id\":14,\"ts\":10}",
                                "{\"id\":15,\"ts\":10}")))
            .at(1, 2, 3, 4, 5, 6, 7)
            .drain()
            .drain()
            .restart()
            .at(10, 11)
            .drain(),
        number("pageNumber: the last page for ever", newestFirst().lastPageForEver())
            .at(1, 2, 3)
            .drain()
            .expectFailure("the API seems to answer its last page for every page beyond it"),
        manyPages(
                number(
                    "pageNumber: the last page for ever, with a total",
                    newestFirst()
                        .lastPageForEver()
                        .with("total", new ResponseField.Total())
                        .sayingTheEnd()))
            .options("totalField", "total"),
        number("pageNumber: 404 beyond the last page", newestFirst().refusingBeyond())
            .at(1, 2, 3)
            .drain()
            .expectFailure("set 'ignoreStatuses' to '404'"),
        manyPages(
                number(
                    "pageNumber: 404 beyond the last page, ignored",
                    newestFirst().refusingBeyond()))
            .options("ignoreStatuses", "404"));
  }

  private static Stream<ScenarioBuilder> offsets() {
    Endpoint offsets = log().descending("ts").offsetLimit("from", 0);
    return Stream.of(
        manyPages(offset("offsetLimit: newest first", offsets)),
        manyPages(
            offset("offsetLimit: oldest first", log().ascending("ts").offsetLimit("from", 0))),
        manyPages(offset("offsetLimit: from 1", log().offsetLimit("from", 1)))
            .options("firstPage", "1"),
        manyPages(offset("offsetLimit: with {pageSize} and a step", offsets))
            .options("url", "{base}/log?since={ts}&from={pageOffset}&limit={pageSize}")
            .options("pageSize", "2", "pageStep", "2"),
        manyPages(
            offset(
                "offsetLimit: short pages in the middle",
                log().pageSize(3).descending("ts").rechunked(7).offsetLimit("from", 0))),
        offset("offsetLimit: an append in mid-cycle, newest first", offsets)
            .setUp(
                onceAfter(
                    r -> "2".equals(r.param("from")),
                    api -> api.feed().append("{\"id\":10,\"ts\":6}", "{\"id\":11,\"ts\":7}")))
            .at(1, 2, 3, 4, 5)
            .drain()
            .drain()
            .restart()
            .at(8)
            .drain());
  }

  private static Endpoint newestFirst() {
    return log().descending("ts").pageNumber("page", 1);
  }

  private static ScenarioBuilder number(String name, Endpoint endpoint) {
    return maxField(name, endpoint)
        .options("url", "{base}/log?since={ts}&page={page}", "pagination", "pageNumber");
  }

  private static ScenarioBuilder offset(String name, Endpoint endpoint) {
    return maxField(name, endpoint)
        .options("url", "{base}/log?since={ts}&from={pageOffset}", "pagination", "offsetLimit");
  }
}
