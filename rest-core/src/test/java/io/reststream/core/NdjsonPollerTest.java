package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.config.Options;
import io.reststream.core.http.JdkTransport;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream makes of bodies with a record on each line. */
@Timeout(60)
class NdjsonPollerTest {
  private final FakeApi api = FakeApi.start();
  private final ManualClock clock = new ManualClock();

  @AfterEach
  void close() {
    api.close();
  }

  private RestPoller poller(String... more) {
    Map<String, String> options =
        Options.of("url", api.url("/log?since={offset}"), "responseFormat", "ndjson");
    options.putAll(Options.of(more));
    return new RestPoller(
        RestConfig.parse(options, ReadMode.STREAM),
        new JdkTransport(Duration.ofSeconds(30)),
        clock,
        () -> 0.5);
  }

  private static Polled poll(RestPoller poller, Position from) throws Exception {
    return poller.poll(Input.EMPTY, from).get(30, TimeUnit.SECONDS);
  }

  @Test
  void timestampIsThatOfTheRecords() throws Exception {
    api.serve("/log", request -> Answer.json("{\"timestamp\":5}\r\n\n{\"timestamp\":7}"));
    try (RestPoller poller = poller()) {
      Page page = (Page) poll(poller, poller.start());
      assertThat(page.records().texts()).containsExactly("{\"timestamp\":5}", "{\"timestamp\":7}");
      assertThat(page.next().offset().text()).isEqualTo("7");
    }
  }

  @Test
  void cursorStandsInAHeader() throws Exception {
    api.serve("/log", request -> Answer.json("{\"id\":1}\n").header("X-Cursor", "abc"));
    try (RestPoller poller = poller("offsetType", "cursor", "offsetField", "header:X-Cursor")) {
      Page page = (Page) poll(poller, poller.start());
      assertThat(page.records().texts()).containsExactly("{\"id\":1}");
      assertThat(page.next().offset().text()).isEqualTo("abc");
    }
  }

  @Test
  void bodyThatIsCutOffMovesNothing() throws Exception {
    api.serve("/log", request -> Answer.json("{\"timestamp\":5}\n{\"timestamp\":7}\n"));
    Fault cutOff = Fault.status(200).body("{\"timestamp\":5}\n{\"timest");
    api.fault(cutOff, cutOff);
    try (RestPoller poller = poller("maxRetries", "1")) {
      Polled first = poll(poller, poller.start());
      assertThat(first).isInstanceOf(Wait.class);
      clock.advance(Duration.ofMinutes(1));
      assertThat(catchThrowable(() -> poll(poller, poller.start())))
          .cause()
          .isInstanceOf(ResponseException.class)
          .hasMessageContaining("is not whole JSON: it ends after 24 bytes, in the middle");
      Page page = (Page) poll(poller, poller.start());
      assertThat(page.records().size()).isEqualTo(2);
    }
  }
}
