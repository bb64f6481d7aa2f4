package io.reststream.testkit;

import static io.reststream.testkit.PagedRows.log;
import static io.reststream.testkit.PagedRows.manyPages;
import static io.reststream.testkit.PagedRows.maxField;

import java.util.List;
import java.util.stream.Stream;

/** Pages that follow the last record of the one before. */
final class LastRecordScenarios {

  private LastRecordScenarios() {}

  static List<ScenarioBuilder> rows() {
    Endpoint newestFirst = log().descending("ts").after("after", "id");
    return Stream.of(
            manyPages(after("lastRecord: newest first", newestFirst)),
            manyPages(after("lastRecord: oldest first", log().ascending("ts").after("after", "id")))
                .options("order", "ascending"),
            manyPages(
                after(
                    "lastRecord: the record itself comes again",
                    log().descending("ts").from("after", "id"))),
            manyPages(
                    after(
                        "lastRecord: starting_after and has_more, as Stripe has them",
                        log()
                            .descending("ts")
                            .after("starting_after", "id")
                            .with("has_more", new ResponseField.HasMore())
                            .sayingTheEnd()))
                .options("url", "{base}/log?since={ts}{&starting_after}")
                .options("pageTokenName", "starting_after", "hasMoreField", "has_more"),
            manyPages(
                    after(
                        "lastRecord: search_after, several fields in a JSON body",
                        log().ascending("ts").after("search_after", "ts", "id")))
                .options("url", "{base}/log", "method", "POST", "nextField", "ts,id")
                .options("body", "{\"since\": {ts}, \"search_after\": {pageToken}}"),
            after(
                    "lastRecord: search_after, the hit's own sort values",
                    Endpoint.at("/log")
                        .since("since", "_source.ts")
                        .ascending("_source.ts")
                        .pageSize(2)
                        .data("hits.hits")
                        .after("search_after", "sort"))
                .options("url", "{base}/log", "method", "POST", "nextField", "sort")
                .options("dataField", "hits.hits", "offsetField", "_source.ts")
                .options("body", "{\"since\": {offset}, \"search_after\": {pageToken}}")
                .records("{'_source':{'ts':$},'sort':[$,'k#',9007199254740993]}")
                .at(1, 1, 1, 2, 3)
                .drain()
                .restart()
                .at(3, 4, 5)
                .drain(),
            after("lastRecord: a last record without the field", newestFirst)
                .records("{'ts':$}")
                .options("maxRetries", "0")
                .at(1, 2, 3)
                .drain()
                .expectFailure("has a last record without the field 'id' (option 'nextField')"),
            after("lastRecord: an API that does not heed the token", log().descending("ts"))
                .at(1, 2, 3)
                .drain()
                .expectFailure("the API does not heed the token"))
        .toList();
  }

  private static ScenarioBuilder after(String name, Endpoint endpoint) {
    return maxField(name, endpoint)
        .options("url", "{base}/log?since={ts}&after={pageToken}", "pagination", "lastRecord");
  }
}
