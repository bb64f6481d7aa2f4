package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.ReadMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowOptionsTest {
  private static final String URL = "https://h/log?from={windowStart}&to={windowEnd}";

  private static Map<String, String> options(String... more) {
    Map<String, String> options =
        Options.of("url", URL, "windowSize", "1h", "initialOffset", "2024-01-31T00:00:00Z");
    options.putAll(Options.of(more));
    options.values().removeIf("-"::equals);
    return options;
  }

  private static List<String> problems(String... more) {
    return Options.problems(ReadMode.STREAM, options(more));
  }

  private static WindowSettings settings(String... more) {
    return ParsedOptions.parse(options(more), ReadMode.STREAM, List.of()).windows();
  }

  @Test
  void aSizeAndAStartAreEnough() {
    assertThat(settings())
        .isEqualTo(
            new WindowSettings(
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                null,
                Instant.parse("2024-01-31T00:00:00Z"),
                Duration.ofMillis(1),
                false));
    assertThat(Options.problems(ReadMode.BATCH, options())).isEmpty();
    assertThat(problems("url", "https://h/days/{windowStart:yyyy-MM-dd}", "windowSize", "1d"))
        .isEmpty();
  }

  @Test
  void placeholdersNeedASize() {
    assertThat(problems("windowSize", "-"))
        .containsExactly(
            "The placeholders {windowStart} and {windowEnd} need option 'windowSize', how long a window is, such as '1h'.");
  }

  @Test
  void aWindowOfZeroIsRefused() {
    assertThat(problems("windowSize", "0"))
        .containsExactly("Option 'windowSize' must be longer than 0.");
  }

  @Test
  void aNegativeWindowIsNoDuration() {
    assertThat(problems("windowSize", "-1h"))
        .containsExactly(
            "Option 'windowSize' must be a duration such as '10' (seconds), '500ms' or '1m', but was '-1h'.");
  }

  @ParameterizedTest
  @CsvSource({"windowSize, 1h", "windowLag, 1m", "windowCap, 100"})
  void optionsNeedAPlaceholder(String key, String value) {
    assertThat(Options.problem(key, value))
        .isEqualTo(
            "Option '%s' needs the placeholder {windowStart} or {windowEnd} in 'url', a header or 'body'."
                .formatted(key));
  }

  @ParameterizedTest
  @CsvSource({
    "offsetType, max_field, the window is the offset",
    "order, none, 'a window is read whole, in any order'",
    "allowOffsetDecrease, true, it is about a timestamp of the response",
  })
  void whatHasNoMeaningBesideThemIsRefused(String key, String value, String why) {
    assertThat(problems(key, value))
        .containsExactly("Option '%s' has no meaning with windows: %s.".formatted(key, why));
  }

  @Test
  void pageSizeHasNoMeaningWithoutPages() {
    assertThat(problems("pageSize", "100"))
        .containsExactly(
            "Option 'pageSize' has no meaning with windows without 'pagination': 'windowCap' says how many records an answer holds at most.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "17"})
  void theFirstStartMustBeATime(String initial) {
    List<String> problems = problems("initialOffset", initial);
    if (initial.equals("17")) {
      assertThat(problems).isEmpty();
      assertThat(settings("initialOffset", "17").initial()).isEqualTo(Instant.ofEpochSecond(17));
      return;
    }
    assertThat(problems)
        .containsExactly(
            "Option 'initialOffset' must be the time at which the first window starts, such as '2024-01-31T00:00:00Z' or '1706659200' (seconds or milliseconds since 1970), but was '%s'."
                .formatted(initial));
  }

  @Test
  void theFirstStartMustBeGiven() {
    assertThat(problems("initialOffset", "-"))
        .containsExactly(
            "Option 'initialOffset' must be the time at which the first window starts, such as '2024-01-31T00:00:00Z' or '1706659200' (seconds or milliseconds since 1970), but was not set.");
  }

  @ParameterizedTest
  @CsvSource({
    "1706659200, 2024-01-31T00:00:00Z",
    "1706659200123, 2024-01-31T00:00:00.123Z",
    "2024-01-31, 2024-01-31T00:00:00Z",
    "2024-01-31T01:00:00+01:00, 2024-01-31T00:00:00Z",
  })
  void readsTheFirstStart(String text, Instant time) {
    assertThat(settings("initialOffset", text).initial()).isEqualTo(time);
  }

  @Test
  void aGranularityCoarserThanTheWindowIsRefused() {
    String days = "https://h/log?from={windowStart:yyyy-MM-dd}&to={windowEnd}";
    assertThat(problems("url", days))
        .containsExactly(
            "Option 'windowSize' must be a multiple of PT24H, since that is how exactly the placeholders {windowStart} and {windowEnd} write times, but was PT1H.");
    assertThat(problems("url", days, "windowSize", "2d")).isEmpty();
    assertThat(problems("url", "https://h/{windowStart:yyyy-MM}"))
        .containsExactly(
            "The placeholder {windowStart} must tell at least the day in its format: a window has the same length everywhere.");
  }

  @Test
  void edgesAreInWholeUnitsOfTheFormat() {
    WindowSettings settings =
        settings(
            "url", "https://h/log?to={windowEnd:epochSeconds}", "initialOffset", "1706659200999");
    assertThat(settings.precision()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.initial()).isEqualTo(Instant.parse("2024-01-31T00:00:00Z"));
  }

  @Test
  void aCapNeedsAnEndToMove() {
    assertThat(problems("url", "https://h/log?from={windowStart}", "windowCap", "100"))
        .containsExactly(
            "Option 'windowCap' needs the placeholder {windowEnd}: without it half a window cannot be asked for.");
  }

  @Test
  void thereIsNoOffsetBesideThem() {
    assertThat(problems("url", URL + "&since={offset}"))
        .containsExactly(
            "The request has placeholders for both a window and the offset; with windows there is no offset.");
  }

  @Test
  void timesAreOfRecords() {
    assertThat(problems("offsetField", "header:Date"))
        .containsExactly(
            "Option 'offsetField' must be a field of the records with windows, but was 'header:Date'.");
  }

  @Test
  void aColumnCannotHaveTheirName() {
    assertThat(problems("inputData", "[{\"windowEnd\":1}]"))
        .containsExactly(
            "The placeholder '{windowEnd}' is both a column of 'inputData' and an edge of a window; rename the column.");
  }

  @Test
  void windowsDoNotExpire() {
    assertThat(problems("statusActions", "410:reset"))
        .containsExactly("A status cannot be to 'reset' with windows: they do not expire.");
  }
}
