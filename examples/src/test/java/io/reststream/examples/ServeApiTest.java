package io.reststream.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.testkit.FakeApi;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServeApiTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, true, UTF_8);

  @Test
  void saysWhereItIsAndAnswersThere() throws Exception {
    try (ExampleApi api = ServeApi.start(List.of("0"), out)) {
      assertThat(said.toString(UTF_8)).contains("An API at " + api.url() + ", with");
      List<String> urls =
          said.toString(UTF_8)
              .lines()
              .filter(line -> line.startsWith("  http"))
              .map(line -> line.strip().split(" ")[0])
              .toList();
      assertThat(urls).hasSize(4).allSatisfy(ServeApiTest::assertThatItAnswersJson);
    }
  }

  private static void assertThatItAnswersJson(String url) throws Exception {
    try (var body = URI.create(url).toURL().openStream()) {
      assertThat(new String(body.readAllBytes(), UTF_8)).matches("[\\[{].*[]}]");
    }
  }

  @Test
  void refusesAPortThatIsTaken() {
    try (FakeApi other = FakeApi.start()) {
      int port = URI.create(other.url()).getPort();

      assertThatThrownBy(() -> ServeApi.start(List.of("" + port), out))
          .hasMessage(
              "Port %d of 127.0.0.1 cannot be had (Address already in use). Choose another, such as ./demo api %d, and write it in place of 8765 in what you run."
                  .formatted(port, port < 65_535 ? port + 1 : 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "http", ""})
  void refusesWhatIsNoPort(String port) {
    assertThatThrownBy(() -> ServeApi.start(List.of(port), out))
        .hasMessage(
            "The port of ./demo api must be a number from 0 (a free one) to 65535, but was '%s'."
                .formatted(port));
  }
}
