package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.Options;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked only if it has changed, and what 304 stands for. */
class ConditionalRequestsTest {
  private static final String TWO = "{\"data\":[{\"ts\":2},{\"ts\":1}]}";
  private static final String DATE = "Mon, 01 Jan 2024 00:10:00 GMT";

  private final ManualClock clock = new ManualClock();
  private final List<RestRequest> asked = new ArrayList<>();
  private @Nullable RestResponse answer;

  private final class Scripted implements Transport {
    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      asked.add(request);
      return CompletableFuture.completedFuture(answer);
    }

    @Override
    public void close() {}
  }

  private RestPoller wall(String... more) {
    Map<String, String> options =
        Options.of(
            "url", "http://api.test/wall",
            "offsetType", "max_field",
            "offsetField", "ts");
    options.putAll(Options.of(more));
    return poller(options, ReadMode.STREAM);
  }

  private RestPoller poller(Map<String, String> options, ReadMode mode) {
    return new RestPoller(RestConfig.parse(options, mode), new Scripted(), clock, () -> 0.5);
  }

  /** The page of the next poll that is due. */
  private Page poll(RestPoller poller, Position from, int status, String body, String... headers) {
    Map<String, List<String>> all = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    return poll(poller, from, new RestResponse(status, all, bytes(body)));
  }

  private Page poll(RestPoller poller, Position from, RestResponse next) {
    answer = next;
    clock.advance(Duration.ofSeconds(10));
    try {
      return (Page) poller.poll(Input.EMPTY, from).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RestException known ? known : e;
    }
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable String sent(String header) {
    return asked.get(asked.size() - 1).headers().get(header);
  }

  /** What is sent with the request after one that was answered like this. */
  private @Nullable String sentAfter(RestPoller poller, String body, String... headers) {
    Page page = poll(poller, poller.start(), 200, body, headers);
    poll(poller, Position.parse(page.next().json()), 200, body, headers);
    String tag = sent("If-None-Match");
    return tag == null ? sent("If-Modified-Since") : tag;
  }

  @Test
  void notModifiedIsAnEmptyPageThatMovesNothingButTheTimes() {
    RestPoller poller = wall();
    Page first = poll(poller, poller.start(), 200, TWO, "ETag", "\"a\"");
    assertThat(sent("If-None-Match")).isNull();
    assertThat(first.records().size()).isEqualTo(2);
    Position before = Position.parse(first.next().json());
    Page second = poll(poller, before, 304, "", "ETag", "\"a\"");
    assertThat(sent("If-None-Match")).isEqualTo("\"a\"");
    assertThat(second.records().isEmpty()).isTrue();
    assertThat(second.info().status()).isEqualTo(304);
    assertThat(second.next().betweenCycles()).isTrue();
    assertThat(second.next().json())
        .isEqualTo(before.json().replace("00:00:10Z", "00:00:20Z"))
        .contains("\"started\":\"2024-01-01T00:00:20Z\",\"asked\":\"2024-01-01T00:00:20Z\"");
    poll(poller, second.next(), 304, "");
    assertThat(sent("If-None-Match")).isEqualTo("\"a\"");
    assertThat(poller.counters().failures()).isZero();
    assertThat(poller.counters().pages()).isEqualTo(3);
  }

  @Test
  void weakTagIsSentAsItIs() {
    assertThat(sentAfter(wall(), TWO, "ETag", "W/\"a\"")).isEqualTo("W/\"a\"");
  }

  @Test
  void lastModifiedIsSentWhereThereIsNoTag() {
    String minuteBefore = "Mon, 01 Jan 2024 00:09:00 GMT";
    assertThat(sentAfter(wall(), TWO, "Last-Modified", minuteBefore, "Date", DATE))
        .isEqualTo(minuteBefore);
    assertThat(sentAfter(wall(), TWO, "Last-Modified", minuteBefore, "Date", DATE, "ETag", "\"a\""))
        .isEqualTo("\"a\"");
    assertThat(sent("If-Modified-Since")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mon, 01 Jan 2024 00:09:01 GMT|" + DATE,
        "Mon, 01 Jan 2024 00:11:00 GMT|" + DATE,
        "Mon, 01 Jan 2024 00:00:00 GMT|today",
        "yesterday|" + DATE
      })
  void lastModifiedThatMayHideAChangeIsNotSent(String modified, String date) {
    assertThat(sentAfter(wall(), TWO, "Last-Modified", modified, "Date", date)).isNull();
    assertThat(sentAfter(wall(), TWO, "Last-Modified", modified)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "a", "\"a", "\"a\", \"b\"", "\"a b\"", "w/\"a\"", "\"\u00e9\"", ""})
  void textThatIsNoTagIsNotSent(String tag) {
    assertThat(sentAfter(wall(), TWO, "ETag", tag)).isNull();
  }

  @Test
  void tagThatIsTooLongIsNotKept() {
    RestPoller poller = wall();
    String tag = '"' + "a".repeat(1 << 20) + '"';
    Page page = poll(poller, poller.start(), 200, TWO, "ETag", tag);
    assertThat(page.next().json()).hasSizeLessThan(500);
    assertThat(sentAfter(wall(), TWO, "ETag", '"' + "a".repeat(500) + '"')).hasSize(502);
  }

  @Test
  void oneOfTwoTagsIsNotKept() {
    RestPoller poller = wall();
    RestResponse both =
        new RestResponse(200, Map.of("ETag", List.of("\"a\"", "\"b\"")), bytes(TWO));
    assertThat(poll(poller, poller.start(), both).next().validator()).isNull();
  }

  @Test
  void nothingIsSentIfNotWanted() {
    String[] tag = {"ETag", "\"a\""};
    assertThat(sentAfter(wall("conditionalRequests", "false"), TWO, tag)).isNull();
    assertThat(sentAfter(wall("method", "POST", "body", "{}"), TWO, tag)).isNull();
    Map<String, String> options =
        Options.of("url", "http://api.test/wall", "offsetType", "max_field", "offsetField", "ts");
    assertThat(sentAfter(poller(options, ReadMode.BATCH), TWO, tag)).isNull();
  }

  @Test
  void ownHeaderWins() {
    RestPoller poller = wall("header.if-none-match", "\"mine\"");
    assertThat(sentAfter(poller, TWO, "ETag", "\"a\"")).isNull();
    assertThat(sent("if-none-match")).isEqualTo("\"mine\"");
    assertThatThrownBy(() -> poll(poller, poller.start(), 304, ""))
        .isInstanceOf(RequestException.class)
        .hasMessage("GET http://api.test/wall was answered with status 304: (no body)");
  }

  @Test
  void notModifiedThatWasNotAskedForIsAnError() {
    RestPoller poller = wall();
    assertThatThrownBy(() -> poll(poller, poller.start(), 304, ""))
        .isInstanceOf(RequestException.class)
        .hasMessage("GET http://api.test/wall was answered with status 304: (no body)");
  }

  @Test
  void notModifiedThatNamesAnotherTagIsBelievedOnce() {
    RestPoller poller = wall();
    Page first = poll(poller, poller.start(), 200, TWO, "ETag", "\"a\"");
    Page second = poll(poller, first.next(), 304, "", "ETag", "\"b\"");
    assertThat(second.records().isEmpty()).isTrue();
    poll(poller, second.next(), 200, TWO);
    assertThat(sent("If-None-Match")).isNull();
    Page weak = poll(poller, first.next(), 304, "", "ETag", "W/\"a\"");
    assertThat(weak.next().validator()).isNotNull();
  }

  @Test
  void nothingIsKeptOfAnAnswerThatWasNotAccepted() {
    RestPoller poller = wall();
    Page first = poll(poller, poller.start(), 200, TWO, "ETag", "\"a\"");
    answer = new RestResponse(200, Map.of("ETag", List.of("\"b\"")), bytes("{\"data\":["));
    clock.advance(Duration.ofSeconds(10));
    assertThat(poller.poll(Input.EMPTY, first.next()).join()).isInstanceOf(Wait.class);
    poll(poller, first.next(), 304, "");
    assertThat(sent("If-None-Match")).isEqualTo("\"a\"");
  }

  @Test
  void nothingIsKeptOfAnAnswerThatHasNone() {
    RestPoller poller = wall();
    Page first = poll(poller, poller.start(), 200, TWO, "ETag", "\"a\"");
    Page second = poll(poller, first.next(), 200, TWO);
    assertThat(second.next().validator()).isNull();
  }

  @Test
  void anotherRequestIsMadeWithout() {
    RestPoller poller = wall("header.X-Tenant", "a", "header.Authorization", "Bearer one");
    Position next = poll(poller, poller.start(), 200, TWO, "ETag", "\"a\"").next();
    RestPoller renewed = wall("header.X-Tenant", "a", "header.Authorization", "Bearer two");
    poll(renewed, next, 304, "");
    assertThat(sent("If-None-Match")).isEqualTo("\"a\"");
    poll(wall("header.X-Tenant", "b"), next, 200, TWO);
    assertThat(sent("If-None-Match")).isNull();
    poll(wall("header.X-Tenant", "a", "errorWhen", "error"), next, 200, TWO);
    assertThat(sent("If-None-Match")).isNull();
    poll(
        wall("header.X-Tenant", "a", "keyField", "id", "acceptChanges", "keyField"),
        next,
        200,
        "{\"data\":[]}");
    assertThat(sent("If-None-Match")).isNull();
  }

  @Test
  void offsetThatMovedIsAskedWithout() {
    RestPoller poller = wall("url", "http://api.test/wall?since={ts}");
    Page first = poll(poller, poller.start(), 200, TWO, "ETag", "\"a\"");
    assertThat(first.next().validator()).isNull();
    Page second = poll(poller, first.next(), 200, TWO, "ETag", "\"a\"");
    poll(poller, second.next(), 304, "");
    assertThat(sent("If-None-Match")).isEqualTo("\"a\"");
  }

  @Test
  void pageThatOthersFollowTellsNothingOfThem() {
    RestPoller poller = wall("pagination", "cursor", "url", "http://api.test/wall{?next_cursor}");
    String more = "{\"next_cursor\":\"c\",\"data\":[{\"ts\":2}]}";
    String last = "{\"data\":[{\"ts\":1}]}";
    Page first = poll(poller, poller.start(), 200, more, "ETag", "\"a\"");
    Page second = poll(poller, first.next(), 200, last, "ETag", "\"b\"");
    assertThat(first.next().validator()).isNull();
    assertThat(second.next().validator()).isNull();
    assertThat(sent("If-None-Match")).isNull();
  }

  @Test
  void newestFirstAsDeclaredThePageTellsOfAllThatFollow() {
    RestPoller poller =
        wall(
            "pagination",
            "cursor",
            "url",
            "http://api.test/wall{?next_cursor}",
            "order",
            "descending");
    String more = "{\"next_cursor\":\"c\",\"data\":[{\"ts\":3},{\"ts\":2}]}";
    Page first = poll(poller, poller.start(), 200, more, "ETag", "\"a\"");
    Page second = poll(poller, first.next(), 200, "{\"data\":[{\"ts\":1}]}", "ETag", "\"b\"");
    Page third = poll(poller, second.next(), 200, more, "ETag", "\"a\"");
    assertThat(sent("If-None-Match")).isNull();
    assertThat(third.next().betweenCycles()).isTrue();
    poll(poller, third.next(), 304, "");
    assertThat(sent("If-None-Match")).isEqualTo("\"a\"");
  }

  @Test
  void linkInAHeaderIsNotCoveredByATag() {
    RestPoller poller =
        wall("pagination", "nextUrl", "nextField", "header:X-Next", "offsetField", "ts");
    assertThat(sentAfter(poller, TWO, "ETag", "\"a\"")).isNull();
  }

  @Test
  void fullPageThatTheOffsetCannotPassIsSeenAgain() {
    RestPoller poller = wall("url", "http://api.test/wall?since={ts}", "pageSize", "2");
    String ties = "{\"data\":[{\"ts\":5,\"id\":1},{\"ts\":5,\"id\":2}]}";
    Page first = poll(poller, poller.start(), 200, ties, "ETag", "\"a\"");
    assertThatThrownBy(() -> poll(poller, first.next(), 200, ties, "ETag", "\"a\""))
        .hasMessageContaining("cannot be passed");
    assertThat(sent("If-None-Match")).isNull();
  }
}
