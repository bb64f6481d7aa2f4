package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.Options;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StretchTest {
  private static final Instant NOW = Instant.parse("2024-01-31T10:00:30Z");

  private static RestConfig config(ReadMode mode, String... more) {
    Map<String, String> options =
        Options.of(
            "url", "https://h/log?from={windowStart}&to={windowEnd}",
            "windowSize", "1h",
            "initialOffset", "2024-01-31T06:00:00Z");
    options.putAll(Options.of(more));
    return RestConfig.parse(options, mode);
  }

  private static List<String> told(List<Stretch> stretches) {
    return stretches.stream()
        .map(
            part -> {
              Window window = part.start().window();
              return "%s: %s%s to %s"
                  .formatted(
                      part.name(), window.edge() ? "edge " : "", window.start(), window.until());
            })
        .toList();
  }

  @Test
  void withoutWindowsThereIsOne() {
    RestConfig config = Options.stream();
    assertThat(Stretch.of(config, NOW))
        .containsExactly(new Stretch(null, Position.start(config.fingerprint())));
  }

  @Test
  void closedWindowsAreCutAndTheLastStretchGoesOn() {
    assertThat(told(Stretch.of(config(ReadMode.STREAM), NOW)))
        .containsExactly(
            "2024-01-31T06:00:00Z/2024-01-31T07:00:00Z: 2024-01-31T06:00:00Z to 2024-01-31T07:00:00Z",
            "2024-01-31T07:00:00Z/2024-01-31T08:00:00Z: edge 2024-01-31T06:59:59Z to 2024-01-31T08:00:00Z",
            "null: edge 2024-01-31T07:59:59Z to null");
  }

  @Test
  void aBatchEndsInTheLastClosedMoment() {
    assertThat(told(Stretch.of(config(ReadMode.BATCH), NOW)))
        .endsWith("null: edge 2024-01-31T07:59:59Z to 2024-01-31T09:59:30Z");
    assertThat(told(Stretch.of(config(ReadMode.BATCH, "windowSize", "1d"), NOW)))
        .containsExactly("null: 2024-01-31T06:00:00Z to 2024-01-31T09:59:30Z");
  }

  @Test
  void aLongBackfillHasAsManyAsAreWorthTheirSplits() {
    assertThat(Stretch.of(config(ReadMode.STREAM, "initialOffset", "2023-01-31"), NOW)).hasSize(32);
    String four = "[{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4}]";
    assertThat(
            Stretch.of(
                config(ReadMode.STREAM, "initialOffset", "2023-01-31", "inputData", four), NOW))
        .hasSize(8);
  }

  @Test
  void noneStartsInTheFuture() {
    RestConfig config = config(ReadMode.BATCH, "initialOffset", "2024-02-01");
    assertThatThrownBy(() -> Stretch.of(config, NOW))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "Option 'initialOffset' is 2024-02-01T00:00:00Z, which lies in the future: it is 2024-01-31T10:00:30Z.");
  }
}
