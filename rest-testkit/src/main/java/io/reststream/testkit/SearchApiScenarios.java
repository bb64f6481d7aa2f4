package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;

/**
 * APIs that are asked by a search, each with its pages, their end, its boundary, its limits, and
 * the number of requests that its first five records take. Made by hand after what is known of
 * them.
 */
final class SearchApiScenarios {

  private SearchApiScenarios() {}

  static List<ScenarioBuilder> rows() {
    return List.of(hubspot(), jira(), elasticsearch(), notion());
  }

  private static ScenarioBuilder hubspot() {
    Endpoint contacts =
        Endpoint.at("/crm/v3/objects/contacts/search")
            .since("since", "updatedAt")
            .ascending("updatedAt")
            .pageSize(2)
            .with("total", new ResponseField.Total())
            .data("results")
            .cursor("after", "paging.next.after", Tail.ABSENT);
    Wording filter = new Wording().reads("since", "\"GTE\",\"value\":\"([^\"]*)\"");
    return named("api: HubSpot search, after in a JSON body")
        .setUp(api -> api.serve(contacts, filter::of))
        .options("url", "{base}/crm/v3/objects/contacts/search", "method", "POST")
        .options(
            "body",
            "{\"filterGroups\":[{\"filters\":[{\"propertyName\":\"lastmodifieddate\","
                + "\"operator\":\"GTE\",\"value\":\"{offset}\"}]}],"
                + "\"sorts\":[\"lastmodifieddate\"],\"limit\":2,\"after\":{pageToken}}")
        .options(
            "order",
            "ascending",
            "offsetType",
            "max_field",
            "offsetField",
            "updatedAt",
            "dataField",
            "results")
        .options("pagination", "cursor", "nextField", "paging.next.after")
        .options("retryBaseDelay", "10ms")
        .records("{'id':'#','updatedAt':'2024-01-01T10:00:$.000Z'}")
        .at("01", "02", "03", "04", "05")
        .drain(3, 1)
        .limit(429, "X-HubSpot-RateLimit-Remaining", "0")
        .at("05", "06")
        .drain()
        .restart()
        .at("07")
        .drain();
  }

  private static ScenarioBuilder jira() {
    Endpoint issues =
        Endpoint.at("/rest/api/3/search/jql")
            .since("since", "fields.updated")
            .ascending("fields.updated")
            .pageSize(2)
            .data("issues")
            .cursor("nextPageToken", "nextPageToken", Tail.ABSENT)
            .with("isLast", new ResponseField.IsLast());
    Wording jql =
        new Wording()
            .reads(
                "since",
                "updated >= \"([^\"]*)\"",
                minute -> minute.replace(' ', 'T') + ":00.000+0000");
    return named("api: Jira, nextPageToken until isLast, asked by the minute")
        .setUp(api -> api.serve(issues, jql::of))
        .options(
            "url",
            "{base}/rest/api/3/search/jql?jql=updated%20>=%20%22{offset}%22%20ORDER%20BY%20updated"
                + "{&nextPageToken}")
        .options("order", "ascending", "offsetType", "max_field", "offsetField", "fields.updated")
        .options("offsetGranularity", "1m", "offsetSendFormat", "yyyy-MM-dd HH:mm")
        .options("initialOffset", "1970-01-01 00:00", "dataField", "issues")
        .options("pagination", "cursor", "nextField", "nextPageToken", "endWhen", "isLast=true")
        .records("{'id':'#','fields':{'updated':'2024-01-01T10:$.000+0000'}}")
        .at("05:10", "05:50", "06:20", "07:30", "08:10")
        .drain(3, 1)
        .limit(429, "Retry-After", "0.1")
        .at("08:05", "08:10", "08:30")
        .drain()
        .restart()
        .at("08:30", "09:00")
        .drain();
  }

  private static ScenarioBuilder elasticsearch() {
    Endpoint hits =
        Endpoint.at("/logs/_search")
            .since("since", "_source.ts")
            .ascending("_source.ts")
            .pageSize(2)
            .with("hits.total.value", new ResponseField.Total())
            .data("hits.hits")
            .after("search_after", "sort")
            .sayingTheEnd();
    Wording range = new Wording().reads("since", "\"gte\":(\\d+)");
    return named("api: Elasticsearch, search_after from the last hit's sort values")
        .setUp(api -> api.serve(hits, range::of))
        .options("url", "{base}/logs/_search", "method", "POST")
        .options(
            "body",
            "{\"query\":{\"range\":{\"ts\":{\"gte\":{offset}}}},\"size\":{pageSize},"
                + "\"sort\":[\"ts\",\"id\"],\"search_after\":{pageToken}}")
        .options(
            "order",
            "ascending",
            "offsetType",
            "max_field",
            "offsetField",
            "_source.ts",
            "dataField",
            "hits.hits")
        .options("pagination", "lastRecord", "nextField", "sort", "retryBaseDelay", "10ms")
        .options("pageSize", "2", "shortPageEnds", "true")
        .records("{'_id':'#','_source':{'ts':$},'sort':[$,'k#']}")
        .at(1, 1, 1, 2, 3)
        .drain(3, 1)
        .limit(429)
        .at(3, 4)
        .drain()
        .restart()
        .at(5)
        .drain();
  }

  /** Notion tells minutes alone, so that a page changes without its time. */
  private static ScenarioBuilder notion() {
    Endpoint query =
        Endpoint.at("/v1/databases/d1/query")
            .since("since", "last_edited_time")
            .ascending("last_edited_time")
            .pageSize(2)
            .data("results")
            .cursor("start_cursor", "next_cursor", Tail.NULL)
            .with("has_more", new ResponseField.HasMore());
    Wording filter = new Wording().reads("since", "\"on_or_after\":\"([^\"]*)\"");
    return named("api: Notion, start_cursor in a JSON body, times rounded to the minute")
        .setUp(api -> api.serve(query, filter::of))
        .options("url", "{base}/v1/databases/d1/query", "method", "POST")
        .options("header.Notion-Version", "2022-06-28")
        .options(
            "body",
            "{\"filter\":{\"timestamp\":\"last_edited_time\","
                + "\"last_edited_time\":{\"on_or_after\":\"{offset}\"}},"
                + "\"start_cursor\":{pageToken},\"page_size\":2}")
        .options("order", "ascending", "offsetType", "max_field", "offsetField", "last_edited_time")
        .options("initialOffset", "1970-01-01T00:00:00Z", "dataField", "results")
        .options("pagination", "cursor", "nextField", "next_cursor", "hasMoreField", "has_more")
        .records("{'id':'p1','last_edited_time':'2024-01-01T10:$:00.000Z','title':'#'}")
        .at("05", "05", "06", "07", "08")
        .drain(3, 1)
        .limit(429, "Retry-After", "0.1")
        .at("08", "09")
        .drain()
        .restart()
        .at("09", "10")
        .drain();
  }
}
