package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How offsets are written, what an API rounds them to, and offsets of several values. */
final class FormatScenarios {
  private static final String MINUTES = "yyyy-MM-dd HH:mm";

  private FormatScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(times(), rounded(), several()).flatMap(s -> s).toList();
  }

  private static Stream<ScenarioBuilder> times() {
    return Stream.of(
        log("format: epoch seconds, with a lookback in minutes", "ts")
            .options("offsetField", "ts", "offsetFormat", "epochSeconds", "lookback", "1m")
            .records("{'id':#,'ts':17040672$}")
            .at("00", "10", "50")
            .drain()
            .at("20", "60")
            .drain()
            .restart()
            .at("15", "70")
            .drain(),
        log("format: ISO-8601, with a lookback in minutes", "at")
            .options("offsetField", "at", "lookback", "5m")
            .records("{'id':#,'at':'2024-01-01T00:$:00+02:00'}")
            .at("10", "12", "15")
            .drain()
            .at("11", "16")
            .drain()
            .restart()
            .at("12", "17")
            .drain(),
        log("format: epoch milliseconds, sent as ISO-8601", "at")
            .options("offsetField", "ms", "offsetFormat", "epochMillis")
            .options("offsetSendFormat", "iso")
            .records("{'id':#,'ms':17040672$500,'at':'2024-01-01T00:00:$.500Z'}")
            .life("01", "02", "03", "03", "04", "05"),
        log("format: RFC 1123, sent as epoch seconds", "s")
            .options("offsetField", "date", "offsetFormat", "rfc1123")
            .options("offsetSendFormat", "epochSeconds")
            .records("{'id':#,'date':'Mon, 01 Jan 2024 00:00:$ GMT','s':17040672$}")
            .life("01", "02", "03", "03", "04", "05"),
        log("format: a pattern, which sorts otherwise than its text", "s")
            .options("offsetField", "day", "offsetFormat", "dd.MM.yyyy")
            .options("offsetSendFormat", "yyyyMMdd")
            .json(
                "{\"id\":1,\"day\":\"30.01.2024\",\"s\":20240130}",
                "{\"id\":2,\"day\":\"01.02.2024\",\"s\":20240201}")
            .drain()
            .json("{\"id\":3,\"day\":\"02.02.2024\",\"s\":20240202}")
            .drain()
            .restart()
            .json(
                "{\"id\":4,\"day\":\"02.02.2024\",\"s\":20240202}",
                "{\"id\":5,\"day\":\"01.03.2024\",\"s\":20240301}")
            .drain(),
        log("format: a time that cannot be read", "ts")
            .options("offsetField", "ts", "offsetFormat", "iso", "maxRetries", "0")
            .records("{'id':#,'ts':'$'}")
            .at("01/02/2024")
            .drain()
            .expectFailure(
                "has '01/02/2024' in the field 'ts', which is no time of 'offsetFormat'='iso', in"
                    + " the record that begins {\"id\":1,\"ts\":\"01/02/2024\"}"));
  }

  private static ScenarioBuilder log(String name, String field) {
    return named(name)
        .serve(Endpoint.at("/log").data("data").since("since", field))
        .options("url", "{base}/log?since={offset}", "offsetType", "max_field");
  }

  /** An API that compares minutes: what it is asked with, and what its records have. */
  private static Stream<ScenarioBuilder> rounded() {
    return Stream.of(minutes("inclusive", 0), minutes("exclusive", 1));
  }

  private static ScenarioBuilder minutes(String boundary, int least) {
    return named("granularity: an API that compares minutes, " + boundary)
        .setUp(api -> api.serve("/issues", request -> issues(api.feed(), request, least)))
        .options("url", "{base}/issues?since={offset}", "offsetBoundary", boundary)
        .options("offsetType", "max_field", "offsetField", "updated")
        .options("offsetGranularity", "1m", "offsetSendFormat", MINUTES)
        .records("{'id':#,'updated':'2024-01-01T10:$Z'}")
        .at("05:10", "05:50", "06:20")
        .drain()
        .at("06:10", "06:30")
        .drain()
        .restart()
        .at("06:30", "06:40", "07:00")
        .drain();
  }

  private static Answer issues(Feed feed, Request request, int least) {
    String since = String.valueOf(request.param("since"));
    Instant floor =
        since.equals("0")
            ? Instant.MIN
            : LocalDateTime.parse(since, DateTimeFormatter.ofPattern(MINUTES))
                .toInstant(ZoneOffset.UTC);
    return matching(
        feed,
        record ->
            Instant.parse(record.get("updated").textValue())
                    .truncatedTo(ChronoUnit.MINUTES)
                    .compareTo(floor)
                >= least);
  }

  private static Stream<ScenarioBuilder> several() {
    return Stream.of(
        search("several values: an array, sent in a JSON body")
            .options("offsetField", "sort")
            .records("{'id':#,'sort':[$]}")
            .at("5,\"a\"", "5,\"b\"", "6,\"a\"")
            .drain()
            .at("6,\"b\"", "10,\"a\"")
            .drain()
            .restart()
            .at("10,\"b\"")
            .drain(),
        search("several values: two fields, sent in a JSON body")
            .options("offsetField", "meta.ts,id")
            .records("{'meta':{'ts':$},'id':'#'}")
            .life(5, 5, 6, 6, 10, 10),
        search("several values: search_after is left out until there is one")
            .options("offsetField", "sort", "initialOffset", "")
            .records("{'sort':[$,'#']}")
            .life(5, 5, 6, 6, 10, 10));
  }

  private static ScenarioBuilder search(String name) {
    return named(name)
        .setUp(api -> api.serve("/search", request -> hits(api.feed(), request)))
        .options("url", "{base}/search", "method", "POST", "body", "{\"after\":{offset}}")
        .options("offsetType", "max_field", "offsetBoundary", "exclusive")
        .options("initialOffset", "[0,\"\"]");
  }

  private static Answer hits(Feed feed, Request request) {
    JsonNode after = FeedRecord.parse(request.body()).get("after");
    if (after == null) {
      return matching(feed, record -> true);
    }
    if (!after.isArray() || !after.get(0).isNumber() || !after.get(1).isTextual()) {
      return Answer.json("{\"error\":\"no sort values\"}").withStatus(400);
    }
    Comparator<JsonNode> order =
        Comparator.<JsonNode>comparingLong(sort -> sort.get(0).longValue())
            .thenComparing(sort -> sort.get(1).textValue());
    return matching(feed, record -> order.compare(sort(record), after) > 0);
  }

  private static JsonNode sort(JsonNode record) {
    return record.has("sort")
        ? record.get("sort")
        : FeedRecord.parse("[%s,%s]".formatted(record.get("meta").get("ts"), record.get("id")));
  }

  private static Answer matching(Feed feed, Predicate<JsonNode> due) {
    List<FeedRecord> found =
        feed.ask().stream().filter(record -> due.test(FeedRecord.parse(record.json()))).toList();
    return Answer.json("[" + String.join(",", FeedRecord.texts(found)) + "]").readingToTheEnd(feed);
  }
}
