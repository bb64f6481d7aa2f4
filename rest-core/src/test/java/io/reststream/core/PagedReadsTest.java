package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.http.JdkTransport;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.FeedRecord;
import io.reststream.testkit.ManualClock;
import io.reststream.testkit.ResponseField;
import io.reststream.testkit.Tail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages of a batch read that keeps no offset, and of streams with odd ones. */
@Timeout(60)
class PagedReadsTest {
  private final ManualClock clock = new ManualClock();

  private static Endpoint items() {
    return Endpoint.at("/items").pageSize(2).data("data");
  }

  /** Reads everything that is there, and asserts that this is each record once. */
  private void readsAll(int requests, Endpoint endpoint, String... options) {
    try (FakeApi api = FakeApi.start()) {
      api.serve(endpoint);
      api.feed().appendEvents(5);
      Map<String, String> given = new HashMap<>();
      given.put("url", api.url() + "/items");
      for (int i = 0; i < options.length; i += 2) {
        given.put(options[i], options[i + 1].replace("{base}", api.url()));
      }
      RestConfig config = RestConfig.parse(given, ReadMode.BATCH);
      List<String> read = new ArrayList<>();
      try (RestPoller poller =
          new RestPoller(config, new JdkTransport(Duration.ofSeconds(10)), clock)) {
        Position position = poller.start();
        do {
          Page page = (Page) poller.poll(Input.EMPTY, position).join();
          read.addAll(page.records().texts());
          position = Position.parse(page.next().json());
        } while (!position.betweenCycles());
      }
      assertThat(read).containsExactlyElementsOf(FeedRecord.texts(api.published()));
      assertThat(api.requests()).hasSize(requests);
    }
  }

  @Test
  void aBatchReadFollowsEveryStyle() {
    readsAll(3, items().nextUrl("next", Tail.NULL), "pagination", "nextUrl");
    readsAll(3, items().linkHeader(false, Tail.NULL), "pagination", "linkHeader");
    readsAll(
        3,
        items().linkArray("links", Tail.NULL),
        "pagination",
        "nextUrl",
        "nextField",
        "links[rel=next].uri");
    readsAll(
        3,
        items().cursor("page", "next_cursor", Tail.NULL),
        "pagination",
        "cursor",
        "url",
        "{base}/items?page={pageToken}");
    readsAll(
        4,
        items().pageNumber("page", 1),
        "pagination",
        "pageNumber",
        "url",
        "{base}/items?page={page}",
        "maxPages",
        "1");
    readsAll(
        4,
        items().offsetLimit("from", 0),
        "pagination",
        "offsetLimit",
        "url",
        "{base}/items?from={pageOffset}&limit={pageSize}",
        "pageSize",
        "2");
    readsAll(
        3,
        items().after("after", "id").with("more", new ResponseField.HasMore()),
        "pagination",
        "lastRecord",
        "hasMoreField",
        "more",
        "url",
        "{base}/items?after={pageToken}");
  }

  @Test
  void theLastPageForEverIsAnErrorHereToo() {
    assertThatThrownBy(
            () ->
                readsAll(
                    0,
                    items().pageNumber("page", 1).lastPageForEver(),
                    "pagination",
                    "pageNumber",
                    "url",
                    "{base}/items?page={page}"))
        .hasMessageContaining("has the same 1 records as the 10 pages before it");
  }

  @Test
  void aHugeTokenIsAnErrorWhereverItStands() {
    ScriptedStream stream =
        new ScriptedStream("pagination", "nextUrl", "offsetType", "max_field", "offsetField", "id");
    String huge = "x".repeat(1 << 20);
    assertThatThrownBy(
            () -> stream.poll("{\"data\":[{\"id\":1}],\"next\":\"/feed?p=%s\"}".formatted(huge)))
        .hasMessageContaining(
            "has 1048584 characters in its own field for the next page, more than the 65536 that a"
                + " position can hold");
  }

  @Test
  void aStepWiderThanThePagesIsWarnedAbout() {
    RestConfig config =
        RestConfig.parse(
            Map.of(
                "url", "http://api.test/feed?from={pageOffset}&limit=100",
                "pagination", "offsetLimit",
                "pageStep", "100"),
            ReadMode.BATCH);
    byte[] body = "[{\"id\":1}]".getBytes(StandardCharsets.UTF_8);
    try (RestPoller poller = new RestPoller(config, new OneAnswer(body), clock)) {
      Page first = (Page) poller.poll(Input.EMPTY, poller.start()).join();
      assertThat(first.warnings()).isEmpty();
      Page second = (Page) poller.poll(Input.EMPTY, first.next()).join();
      assertThat(second.warnings())
          .containsExactly(
              "A page of fewer records than 'pageStep' (100) was followed by another one: if the API"
                  + " limits its pages, what lies between them is passed over in this cycle; leave 'pageStep' out to"
                  + " count records as they come");
      Page third = (Page) poller.poll(Input.EMPTY, second.next()).join();
      assertThat(third.warnings()).isEmpty();
    }
  }

  @Test
  void anUnknownHasMoreFieldIsWarnedAbout() {
    RestConfig config =
        RestConfig.parse(
            Map.of(
                "url", "http://api.test/feed?p={page}",
                "pagination", "pageNumber",
                "hasMoreField", "mroe"),
            ReadMode.BATCH);
    byte[] body = "{\"data\":[{\"id\":1}],\"more\":true}".getBytes(StandardCharsets.UTF_8);
    try (RestPoller poller = new RestPoller(config, new OneAnswer(body), clock)) {
      Page page = (Page) poller.poll(Input.EMPTY, poller.start()).join();
      assertThat(page.warnings())
          .containsExactly(
              "The first page of a cycle has no field 'mroe' (option 'hasMoreField'), and so is the"
                  + " last; its fields are: data, more");
      assertThat(page.next().betweenCycles()).isTrue();
    }
  }

  private record OneAnswer(byte[] body) implements Transport {
    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      return CompletableFuture.completedFuture(new RestResponse(200, Map.of(), body));
    }

    @Override
    public void close() {}
  }
}
