package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * APIs that are asked by GET, each with its pages, their end, its boundary, its limits, and the
 * number of requests that its first five records take. Made by hand after what is known of them.
 */
final class ApiScenarios {
  private static final int NANOS = 9;
  private static final Pattern LAST = Pattern.compile("\"last\":\"?([\\d.]+)\"?");

  private ApiScenarios() {}

  static List<ScenarioBuilder> rows() {
    return List.of(
        shopify(), salesforce(), odata(), graph(), socrata(), binance(), kraken(), x(), gitlab());
  }

  private static ScenarioBuilder shopify() {
    Endpoint orders =
        Endpoint.at("/orders.json")
            .since("updated_at_min", "updated_at")
            .ascending("updated_at")
            .pageSize(2)
            .data("orders")
            .with("header:X-Shopify-Shop-Api-Call-Limit", new ResponseField.Constant("\"32/40\""))
            .linkHeader(true, Tail.ABSENT);
    Wording links = new Wording().tells("Link", l -> l.replaceAll("updated_at_min=[^&>]*&", ""));
    return named("api: Shopify, links that drop the other filters")
        .setUp(
            api ->
                api.serve(
                    orders,
                    inner ->
                        request ->
                            request.params().keySet().size() > 1
                                ? Answer.status(400).body("page_info cannot go with filters")
                                : links.of(inner).answer(request)))
        .options("url", "{base}/orders.json?updated_at_min={updated_at}", "dataField", "orders")
        .options("offsetType", "max_field", "offsetField", "updated_at", "order", "ascending")
        .options("initialOffset", "2024-01-01T00:00:00-05:00", "pagination", "linkHeader")
        .records("{'id':#,'updated_at':'2024-01-01T10:00:$-05:00'}")
        .at("01", "02", "03", "04", "05")
        .drain(3, 1)
        .limit(429, "Retry-After", "0.2", "X-Shopify-Shop-Api-Call-Limit", "40/40")
        .at("05", "06")
        .drain()
        .restart()
        .at("07")
        .drain();
  }

  private static ScenarioBuilder salesforce() {
    Endpoint query =
        Endpoint.at("/services/data/v59.0/query")
            .since("since", "SystemModstamp")
            .ascending("SystemModstamp")
            .pageSize(2)
            .with("totalSize", new ResponseField.Total())
            .with("done", new ResponseField.IsLast())
            .nextPath("nextRecordsUrl", Tail.ABSENT)
            .data("records")
            .with("header:Sforce-Limit-Info", new ResponseField.Constant("\"api-usage=18/5000\""));
    Wording soql =
        new Wording()
            .reads("since", "SystemModstamp >= (\\S+)")
            .tells(b -> b.replaceAll("(query)[^\"]*page_token=([^\"]*)", "$1/$2"));
    return named("api: Salesforce, done and a relative nextRecordsUrl")
        .setUp(
            api ->
                api.serve(query, soql::of)
                    .serve(
                        "/services/data/v59.0/query/{page_token}",
                        soql.of(request -> query.answer(request, api::feed))))
        .options("url", "{base}/services/data/v59.0/query?q=" + soql())
        .options("offsetType", "max_field", "offsetField", "SystemModstamp", "order", "ascending")
        .options("initialOffset", "1970-01-01T00:00:00.000+0000", "dataField", "records")
        .options("pagination", "nextUrl", "nextField", "nextRecordsUrl", "endWhen", "done=true")
        .records("{'Id':'00#','SystemModstamp':'2024-01-01T10:00:$.000+0000'}")
        .at("01", "02", "03", "04", "05")
        .drain(3, 1)
        .limit(503, "Retry-After", "0.1")
        .at("05", "06")
        .drain()
        .restart()
        .at("07")
        .drain();
  }

  private static String soql() {
    return "SELECT+Id+FROM+Order+WHERE+SystemModstamp+>=+{offset}+ORDER+BY+SystemModstamp";
  }

  private static ScenarioBuilder odata() {
    Endpoint orders =
        Endpoint.at("/odata/Orders")
            .since("since", "Modified")
            .ascending("Modified")
            .pageSize(2)
            .data("value")
            .nextPath("/@odata.nextLink", Tail.ABSENT);
    Wording filter =
        new Wording()
            .reads("since", "Modified ge ([^\\s&]+)")
            .tells(b -> b.replace("\"/odata/Orders?", "\"Orders?"));
    return named("api: OData, a filter and nextLink relative to the service")
        .setUp(api -> api.serve(orders, filter::of))
        .options("url", "{base}/odata/Orders?$filter=Modified%20ge%20{Modified}")
        .options("offsetType", "max_field", "offsetField", "Modified", "dataField", "value")
        .options("order", "ascending")
        .options("initialOffset", "0001-01-01T00:00:00Z")
        .options("pagination", "nextUrl", "nextField", "@odata.nextLink")
        .records("{'@odata.etag':'W/#','Modified':'2024-01-01T10:00:$Z'}")
        .at("01", "02", "03", "04", "05")
        .drain(3, 1)
        .limit(429, "Retry-After", "0.1")
        .at("05", "06")
        .drain()
        .restart()
        .at("07")
        .drain();
  }

  /** What was delivered before the token expired would come again: here it is nothing. */
  private static ScenarioBuilder graph() {
    Endpoint delta =
        Endpoint.at("/v1.0/users/delta")
            .pageSize(2)
            .emptyFirstPages(1)
            .data("value")
            .nextUrl("/@odata.nextLink", Tail.ABSENT)
            .with("/@odata.deltaLink", new ResponseField.LaterLink());
    return named("api: Microsoft Graph delta, an empty page first, and a token that expires")
        .serve(delta)
        .options("url", "{base}/v1.0/users/delta", "dataField", "value")
        .options("offsetType", "cursor", "offsetField", "@odata.deltaLink")
        .options("pagination", "nextUrl", "nextField", "@odata.nextLink")
        .options("statusActions", "410:reset")
        .records("{'id':'u#','name':'$'}")
        .drain()
        .limit(410)
        .drain()
        .at("a", "b", "c", "d", "e")
        .drain(2, 1)
        .limit(429, "Retry-After", "0.1")
        .at("f", "g")
        .drain()
        .restart()
        .at("h")
        .drain();
  }

  private static ScenarioBuilder socrata() {
    Endpoint rows =
        Endpoint.at("/resource/abcd-1234.json")
            .since("since", "updated")
            .ascending("updated")
            .pageSize(2)
            .offsetLimit("$offset", 0)
            .sayingTheEnd();
    Wording where = new Wording().reads("since", "updated >= '([^']*)'");
    return named("api: Socrata, $where, $limit and $offset")
        .setUp(api -> api.serve(rows, where::of))
        .options(
            "url",
            "{base}/resource/abcd-1234.json?$where=updated%20>=%20'{updated}'"
                + "&$order=updated&$limit={pageSize}&$offset={pageOffset}")
        .options("offsetType", "max_field", "offsetField", "updated", "order", "ascending")
        .options("initialOffset", "1970-01-01T00:00:00.000", "pagination", "offsetLimit")
        .options("pageSize", "2", "shortPageEnds", "true")
        .records("{'id':'#','updated':'2024-01-01T10:00:$.000'}")
        .at("01", "02", "03", "04", "05")
        .drain(3, 1)
        .limit(429)
        .at("05", "06")
        .drain()
        .restart()
        .at("07")
        .drain();
  }

  private static ScenarioBuilder binance() {
    return named("api: Binance trades, fromId, and 418 for a ban")
        .serve(
            Endpoint.at("/api/v3/historicalTrades")
                .since("fromId", "id")
                .ascending("id")
                .pageSize(2)
                .with("header:X-MBX-USED-WEIGHT-1M", new ResponseField.Constant("\"25\"")))
        .options("url", "{base}/api/v3/historicalTrades?symbol=BNBBTC&limit=2&fromId={id}")
        .options("offsetType", "incremental", "offsetField", "id", "pageSize", "2")
        .options("statusActions", "418:retry", "retryBaseDelay", "10ms")
        .records("{'id':$,'price':'4.00000100','qty':'12.00000000'}")
        .at(28457, 28458, 28459, 28460, 28461)
        .drain(3, 1)
        .limit(429, "Retry-After", "0.1")
        .limit(418, "Retry-After", "1")
        .at(28462)
        .drain()
        .restart()
        .at(28463)
        .drain();
  }

  private static ScenarioBuilder kraken() {
    Endpoint trades =
        Endpoint.at("/0/public/Trades")
            .with("error", new ResponseField.Constant("[]"))
            .since("time", "2")
            .exclusive()
            .pageSize(2)
            .data("result.XXBTZUSD")
            .with("result.last", new ResponseField.LargestOfPage("2"));
    Wording nanos =
        new Wording()
            .reads("time", "since=(\\d+)", since -> shifted(since, NANOS))
            .tells(
                b ->
                    LAST.matcher(b)
                        .replaceAll(m -> "\"last\":\"" + shifted(m.group(1), -NANOS) + "\""));
    return named("api: Kraken, records under the name of the pair, and errors with status 200")
        .setUp(api -> api.serve(trades, nanos::of))
        .options("url", "{base}/0/public/Trades?pair=XBTUSD&since={offset}")
        .options("offsetType", "cursor", "offsetField", "result.last", "errorWhen", "error")
        .options("dataField", "result.XXBTZUSD", "retryBaseDelay", "10ms")
        .records("['5541.20000','0.15850568',1534614057.$,'s','l','',#]")
        .at("321597123", "321597124", "321597125", "321597126", "321597127")
        .drain(4, 1)
        .fault(Fault.status(200).body("{\"error\":[\"EAPI:Rate limit exceeded\"]}"))
        .at("321597128", "321597129")
        .drain()
        .restart()
        .at("321597130")
        .drain();
  }

  private static String shifted(String number, int places) {
    return new BigDecimal(number).movePointLeft(places).toPlainString();
  }

  private static ScenarioBuilder x() {
    Endpoint posts =
        Endpoint.at("/2/users/2244994945/tweets")
            .since("since_id", "id")
            .exclusive()
            .descending("id")
            .pageSize(2)
            .data("data")
            .cursor("pagination_token", "meta.next_token", Tail.ABSENT);
    Wording empty =
        new Wording().tells(b -> b.contains("\"data\":[]") ? "{\"meta\":{\"result_count\":0}}" : b);
    return named("api: X, newest first, and no data on an empty page")
        .setUp(api -> api.serve(posts, empty::of))
        .options("url", "{base}/2/users/2244994945/tweets{?since_id=id,pagination_token=pageToken}")
        .options("offsetType", "incremental", "offsetField", "id", "offsetBoundary", "exclusive")
        .options("initialOffset", "", "dataField", "data", "endWhen", "meta.result_count=0")
        .options("pagination", "cursor", "nextField", "meta.next_token")
        .records("{'id':'13468894366262592$','text':'#'}")
        .at("01", "02", "03", "04", "05")
        .drain(3, 1)
        .limit(429, "x-rate-limit-remaining", "0", "x-rate-limit-reset", "<epoch+1500>")
        .at("06", "07", "08")
        .drain()
        .restart()
        .at("09")
        .drain();
  }

  private static ScenarioBuilder gitlab() {
    return named("api: GitLab, keyset links and RateLimit headers")
        .serve(
            Endpoint.at("/api/v4/projects/1/issues")
                .since("updated_after", "updated_at")
                .ascending("updated_at")
                .pageSize(2)
                .with("header:RateLimit-Remaining", new ResponseField.Constant("\"599\""))
                .linkHeader(true, Tail.ABSENT))
        .options(
            "url",
            "{base}/api/v4/projects/1/issues?pagination=keyset&order_by=updated_at&sort=asc"
                + "&updated_after={updated_at}")
        .options("header.PRIVATE-TOKEN", "hidden", "pagination", "linkHeader")
        .options("offsetType", "max_field", "offsetField", "updated_at", "order", "ascending")
        .options("initialOffset", "1970-01-01T00:00:00Z")
        .setUp(
            api ->
                api.beforeAnswer(
                    request ->
                        RequestScenarios.require(
                            request, "token", "hidden".equals(request.header("PRIVATE-TOKEN")))))
        .records("{'iid':#,'updated_at':'2024-01-01T10:00:$.000Z'}")
        .at("01", "02", "03", "04", "05")
        .drain(3, 1)
        .limit(429, "RateLimit-Remaining", "0", "RateLimit-Reset", "<epoch+1500>")
        .at("05", "06")
        .drain()
        .restart()
        .at("07")
        .drain();
  }
}
