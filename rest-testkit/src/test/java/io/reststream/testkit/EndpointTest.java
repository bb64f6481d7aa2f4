package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EndpointTest {

  private final FakeApi api = FakeApi.start();

  @AfterEach
  void close() {
    api.close();
  }

  private String answer(String target) throws Exception {
    return Http.text(api.url(target));
  }

  @Test
  void servesByTimestampWithTheLatestOfThePage() throws Exception {
    api.serve(
        Endpoint.at("/events")
            .since("since", "ts")
            .data("events")
            .latest("latest_timestamp", "ts"));
    api.feed().append("{\"ts\":1}", "{\"ts\":3}", "{\"ts\":2}");

    assertThat(answer("/events?since=2"))
        .isEqualTo("{\"events\":[{\"ts\":3},{\"ts\":2}],\"latest_timestamp\":3}");
    assertThat(answer("/events?since=4")).isEqualTo("{\"events\":[],\"latest_timestamp\":4}");
    assertThat(answer("/events?since=0&limit=1"))
        .isEqualTo("{\"events\":[{\"ts\":1}],\"latest_timestamp\":1}");
  }

  @Test
  void tellsItsOwnTimeByAClockOrByTheWholeFeed() throws Exception {
    ManualClock clock = new ManualClock();
    api.serve(
        Endpoint.at("/clock")
            .with("time", new ResponseField.ServerTime(clock, TimestampFormat.ISO_8601))
            .data("states"),
        Endpoint.at("/feed")
            .since("since", "ts")
            .data("events")
            .pageSize(1)
            .with("now", new ResponseField.LargestOfFeed("ts")));
    api.feed().append("{\"ts\":1}", "{\"ts\":9}");

    assertThat(answer("/clock"))
        .isEqualTo("{\"time\":\"2024-01-01T00:00:00Z\",\"states\":[{\"ts\":1},{\"ts\":9}]}");
    assertThat(answer("/feed?since=0")).isEqualTo("{\"events\":[{\"ts\":1}],\"now\":9}");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2 10",
    "9, 10",
    "2024-01-01T01:00:00+01:00, ''",
  })
  void comparesNumbersAsNumbersAlsoWhenTheyAreText(String since, String ids) throws Exception {
    api.serve(Endpoint.at("/items").since("start_id", "id"));
    api.feed().append("{\"id\":\"2\"}", "{\"id\":\"10\"}");
    List<String> found = new ArrayList<>();
    JsonNode page = FeedRecord.parse(answer("/items?start_id=" + since.replace("+", "%2B")));
    page.forEach(record -> found.add(record.get("id").asText()));
    assertThat(String.join(" ", found)).isEqualTo(ids);
  }

  @Test
  void comparesIsoTimesAsInstants() throws Exception {
    api.serve(Endpoint.at("/changes").since("updated_since", "at").exclusive());
    api.feed()
        .append("{\"at\":\"2024-01-01T00:00:00Z\"}", "{\"at\":\"2024-01-01T02:00:00+01:00\"}");

    assertThat(answer("/changes?updated_since=2024-01-01T01:00:00%2B01:00"))
        .isEqualTo("[{\"at\":\"2024-01-01T02:00:00+01:00\"}]");
  }

  @Test
  void findsItsFieldInNestedAndPositionalRecords() throws Exception {
    api.serve(
        Endpoint.at("/nested").feed("nested").since("since", "meta.ts"),
        Endpoint.at("/positional").feed("positional").since("since", "/1"));
    api.feed("nested").append("{\"meta\":{\"ts\":1}}", "{\"meta\":{\"ts\":2}}");
    api.feed("positional").append("[\"a\",1]", "[\"b\",2]");

    assertThat(answer("/nested?since=2")).isEqualTo("[{\"meta\":{\"ts\":2}}]");
    assertThat(answer("/positional?since=2")).isEqualTo("[[\"b\",2]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NULL    | {'results':[3],'next_cursor':null}",
        "ABSENT  | {'results':[3]}",
        "EMPTY   | {'results':[3],'next_cursor':''}",
        "UNMOVED | {'results':[3],'next_cursor':'MDoy'}",
        "MOVED   | {'results':[3],'next_cursor':'MDoz'}",
      })
  void endsACursorInTheStyleThatIsChosen(Tail tail, String last) throws Exception {
    api.serve(
        Endpoint.at("/data").data("results").pageSize(2).cursor("cursor", "next_cursor", tail));
    api.feed().append("1", "2", "3");

    assertThat(answer("/data?cursor=start"))
        .isEqualTo("{\"results\":[1,2],\"next_cursor\":\"MDoy\"}");
    assertThat(answer("/data?cursor=MDoy")).isEqualTo(last.replace('\'', '"'));
    assertThat(answer("/data?cursor=MDoz")).startsWith("{\"results\":[]").doesNotContain("MDoy");
  }

  @Test
  void givesACursorInAHeader() throws Exception {
    api.serve(Endpoint.at("/data").cursor("cursor", "header:X-Next", Tail.MOVED));
    api.feed().append("1");

    HttpResponse<byte[]> response = Http.get(api.url("/data"));
    assertThat(response.headers().firstValue("X-Next")).hasValue("MDox");
    assertThat(response.body()).asString().isEqualTo("[1]");
  }

  @Test
  void refusesATokenThatItNeverGave() throws Exception {
    api.serve(Endpoint.at("/data").cursor("cursor", "header:X-Next", Tail.MOVED));
    assertThat(Http.get(api.url("/data?cursor=abc")).statusCode()).isEqualTo(400);
    assertThat(Http.get(api.url("/data?cursor=MDox")).statusCode()).isEqualTo(410);
  }

  @Test
  void linksPagesNewestFirstWhateverIsAppendedMeanwhile() throws Exception {
    api.serve(
        Endpoint.at("/log")
            .since("since", "ts")
            .descending("ts")
            .pageSize(2)
            .nextUrl("meta.next", Tail.NULL)
            .data("payload.items"));
    api.feed().append("{\"ts\":1}", "{\"ts\":2}", "{\"ts\":3}");

    String first = answer("/log?since=1");
    assertThat(first)
        .isEqualTo(
            "{\"meta\":{\"next\":\"%s\"},\"payload\":{\"items\":[{\"ts\":3},{\"ts\":2}]}}"
                .formatted(api.url("/log?since=1&page_token=MDoy")));
    api.feed().append("{\"ts\":4}");
    assertThat(answer("/log?since=1&page_token=MDoy"))
        .isEqualTo("{\"meta\":{\"next\":null},\"payload\":{\"items\":[{\"ts\":1}]}}");
  }

  @Test
  void linksRelativeToTheHostAndAlwaysWhenAsked() throws Exception {
    api.serve(Endpoint.at("/log").data("data").nextPath("/@odata.nextLink", Tail.MOVED));
    assertThat(answer("/log"))
        .isEqualTo("{\"data\":[],\"@odata.nextLink\":\"/log?page_token=MDow\"}");
    assertThat(answer("/log?page_token=MDow"))
        .isEqualTo("{\"data\":[],\"@odata.nextLink\":\"/log?page_token=MDow\"}");
  }

  @Test
  void leavesTheFirstPagesEmptyWithANextLink() throws Exception {
    api.serve(
        Endpoint.at("/log").data("data").emptyFirstPages(2).cursor("page", "next", Tail.ABSENT));
    api.feed().append("1");

    assertThat(answer("/log")).isEqualTo("{\"data\":[],\"next\":\"MTow\"}");
    assertThat(answer("/log?page=MTow")).isEqualTo("{\"data\":[],\"next\":\"Mjow\"}");
    assertThat(answer("/log?page=Mjow")).isEqualTo("{\"data\":[1]}");
  }

  @Test
  void cutsPagesAnewForEachRequestWithoutLosingARecord() throws Exception {
    api.serve(
        Endpoint.at("/data")
            .data("data")
            .pageSize(10)
            .rechunked(7)
            .cursor("cursor", "next", Tail.NULL));
    api.feed().appendEvents(100);

    Set<Integer> sizes = new HashSet<>();
    List<String> read = new ArrayList<>();
    String cursor = "start";
    while (!cursor.equals("null")) {
      JsonNode page = FeedRecord.parse(answer("/data?cursor=" + cursor));
      page.get("data").forEach(record -> read.add(record.toString()));
      sizes.add(page.get("data").size());
      cursor = page.get("next").asText();
    }
    assertThat(read).isEqualTo(FeedRecord.texts(api.published()));
    assertThat(sizes).hasSizeGreaterThan(3).allMatch(size -> size >= 1 && size <= 10);
  }

  @Test
  void servesOneRecordWithoutAnArray() throws Exception {
    api.serve(Endpoint.at("/bare").single(), Endpoint.at("/data").data("data").single());
    assertThat(Http.get(api.url("/bare")).statusCode()).isEqualTo(204);
    api.feed().append("{\"v\":1}", "{\"v\":2}");
    assertThat(answer("/bare")).isEqualTo("{\"v\":2}");
    assertThat(answer("/data")).isEqualTo("{\"data\":{\"v\":2}}");
  }

  @Test
  void answersNothingAsNoContentOrAnEmptyBody() throws Exception {
    api.serve(
        Endpoint.at("/204").since("since", "id").whenEmpty(WhenEmpty.NO_CONTENT),
        Endpoint.at("/empty").since("since", "id").whenEmpty(WhenEmpty.EMPTY_BODY));
    api.feed().append("{\"id\":1}");

    assertThat(answer("/204?since=1")).isEqualTo("[{\"id\":1}]");
    assertThat(Http.get(api.url("/204?since=2")).statusCode()).isEqualTo(204);
    HttpResponse<byte[]> empty = Http.get(api.url("/empty?since=2"));
    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(empty.body()).isEmpty();
  }

  @Test
  void compressesItsAnswers() throws Exception {
    api.serve(Endpoint.at("/items").gzip());
    api.feed().append("\"é\"");

    HttpResponse<byte[]> response = Http.get(api.url("/items"));
    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    byte[] body = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("[\"é\"]");
  }
}
