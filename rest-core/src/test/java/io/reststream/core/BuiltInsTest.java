package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.config.Options;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code {now}} and {@code {uuid}}, and the inputs in the query: what a request says. */
class BuiltInsTest {
  private final ManualClock clock = new ManualClock();
  private final List<RestRequest> asked = new ArrayList<>();
  private final Queue<Integer> statuses = new ArrayDeque<>();
  private long ids;

  private final class Api implements Transport {
    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      asked.add(request);
      int status = statuses.isEmpty() ? 200 : statuses.remove();
      return CompletableFuture.completedFuture(
          new RestResponse(status, Map.of(), "[]".getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {}
  }

  private RestPoller poller(String... options) {
    return new RestPoller(
        Options.stream(options), new Api(), clock, () -> 0.5, () -> new UUID(0, ++ids));
  }

  private URI ask(String... options) {
    try (RestPoller poller = poller(options)) {
      poller.poll(Options.stream(options).inputs().get(0), poller.start()).join();
    }
    return asked.get(asked.size() - 1).uri();
  }

  @Test
  void nowIsTheClocksTimeAtTheRequest() {
    String url = "http://api.test/{now:yyyy-MM-dd}?at={now}&s={now:epochSeconds}&since={offset}";
    clock.advance(Duration.ofNanos(5_678_901));
    String at = clock.instant().toString().substring(0, 23) + "Z";
    assertThat(ask("url", url))
        .isEqualTo(
            URI.create(
                "http://api.test/%s?at=%s&s=%d&since=0"
                    .formatted(
                        at.substring(0, 10),
                        at.replace(":", "%3A"),
                        clock.instant().getEpochSecond())));
    clock.advance(Duration.ofSeconds(1));
    assertThat(ask("url", url).getQuery()).contains("s=" + clock.instant().getEpochSecond());
  }

  @Test
  void positionDoesNotDependOnThem() {
    String[] options = {"url", "http://api.test/?now={now}&id={uuid}&since={offset}"};
    try (RestPoller poller = poller(options)) {
      Position before = poller.start();
      clock.advance(Duration.ofDays(400));
      assertThat(poller.start()).isEqualTo(before);
      poller.check(before);
    }
  }

  @Test
  void uuidIsNewForEachRequestAndKeptWhereOneIsMadeAgain() {
    try (RestPoller poller =
        poller("url", "http://api.test/?since={offset}", "header.Idempotency-Key", "{uuid}")) {
      statuses.addAll(List.of(200, 503, 429, 200, 200));
      Position position = poller.start();
      while (asked.size() < 5) {
        Polled polled = poller.poll(Input.EMPTY, position).join();
        position = polled instanceof Page page ? page.next() : position;
        if (polled instanceof Wait wait && wait.until().isAfter(clock.instant())) {
          clock.advance(Duration.between(clock.instant(), wait.until()));
        }
      }
      assertThat(asked)
          .extracting(request -> request.headers().get("Idempotency-Key"))
          .containsExactly(id(1), id(2), id(2), id(2), id(3));
    }
  }

  private static String id(int number) {
    return new UUID(0, number).toString();
  }

  @Test
  void columnsAndFieldsOfTheirNamesGoFirst() {
    assertThat(
            ask(
                "url", "http://api.test/{uuid}?since={now}",
                "offsetField", "now",
                "initialOffset", "7",
                "inputData", "[{\"uuid\":\"own\"}]"))
        .isEqualTo(URI.create("http://api.test/own?since=7"));
  }

  @Test
  void columnsThatNoPlaceholderNamesAreAppendedToTheQuery() {
    String input =
        "[{\"tenant\":\"a/b\",\"q\":\"x&y=1 \\u00fc\",\"n\":null,\"l\":[1,null,\"z\"],\"created at\":1.50,"
            + "\"empty\":\"\",\"token\":\"hidden\"}]";
    String query = "q=x%26y%3D1%20%C3%BC&l=1&l=z&created%20at=1.5&empty=";
    for (String[] urls :
        new String[][] {
          {"http://api.test/{tenant}", "http://api.test/a%2Fb?"},
          {"http://api.test/{tenant}?", "http://api.test/a%2Fb?"},
          {"http://api.test/{tenant}?a=1", "http://api.test/a%2Fb?a=1&"},
          {"http://api.test/{tenant}?a=1&", "http://api.test/a%2Fb?a=1&"},
          {"http://api.test/x{?tenant}", "http://api.test/x?tenant=a%2Fb&"},
          {"http://api.test/x{?n}{&tenant}", "http://api.test/x&tenant=a%2Fb?"},
        }) {
      assertThat(
              ask(
                  "url",
                  urls[0],
                  "queryType",
                  "querystring",
                  "inputData",
                  input,
                  "header.X-Token",
                  "{token}"))
          .isEqualTo(URI.create(urls[1] + query));
    }
  }

  @Test
  void querystringNeedsAColumnAndNoFragment() {
    assertThat(Options.problem("queryType", "querystring"))
        .isEqualTo(
            "Option 'queryType'='querystring' has nothing to append to 'url': 'inputData' has no"
                + " column beside those that placeholders name.");
    assertThat(
            Options.problem(
                "url",
                "https://h/x{#y}",
                "queryType",
                "querystring",
                "inputData",
                "[{\"y\":1,\"a\":1}]"))
        .isEqualTo(
            "Option 'url' must have no fragment with 'queryType'='querystring', but holds '#'.");
    assertThat(Options.problem("queryType", "path"))
        .isEqualTo("Option 'queryType' must be one of 'inline', 'querystring', but was 'path'.");
  }

  @Test
  void formatThatIsUnknownIsAnErrorAtStart() {
    assertThat(Options.problem("url", "https://h/{now:abc}?since={offset}"))
        .isEqualTo(
            "Option 'url' cannot be used: URL template 'https://h/{now:abc}?...' is wrong at index"
                + " 14: ':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a"
                + " format of times (iso, epochSeconds, epochMillis, rfc1123, or a pattern of"
                + " DateTimeFormatter), as in '{name:yyyy-MM-dd}', but 'abc' follows.");
  }
}
