package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What came once may come again in pages that are cut in another way. */
class RepeatedPagesTest {
  private static final RestConfig CONFIG =
      RestConfig.parse(
          Map.of(
              "url", "http://localhost/events?since={latest}",
              "offsetField", "latest",
              "streamingInterval", "0"),
          ReadMode.STREAM);

  private final Queue<String> answers = new ArrayDeque<>();

  private final class Scripted implements Transport {
    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      byte[] body = answers.remove().getBytes(StandardCharsets.UTF_8);
      return CompletableFuture.completedFuture(new RestResponse(200, Map.of(), body));
    }

    @Override
    public void close() {}
  }

  @Test
  void aPieceOfWhatWasDeliveredDoesNotMakeTheRestNew() {
    answers.add("{\"data\":[{\"id\":1},{\"id\":2},{\"id\":3}],\"latest\":2}");
    answers.add("{\"data\":[{\"id\":2}],\"latest\":2}");
    answers.add("{\"data\":[{\"id\":2},{\"id\":3},{\"id\":4}],\"latest\":2}");

    assertThat(delivered(3))
        .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}", "{\"id\":4}");
  }

  private List<String> delivered(int requests) {
    List<String> delivered = new ArrayList<>();
    try (RestPoller poller = new RestPoller(CONFIG, new Scripted(), () -> Instant.EPOCH)) {
      Position position = poller.start();
      for (int left = requests; left > 0; left--) {
        Page page = (Page) poller.poll(Input.EMPTY, position).join();
        for (int i = 0; i < page.records().size(); i++) {
          delivered.add(page.records().text(i));
        }
        position = page.next();
      }
    }
    return delivered;
  }
}
