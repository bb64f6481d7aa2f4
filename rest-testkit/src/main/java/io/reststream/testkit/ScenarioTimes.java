package io.reststream.testkit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts times in texts: of the reader's clock, since scenarios are run by one or another. */
final class ScenarioTimes {
  private static final Pattern TIME = Pattern.compile("<(start|now|epoch)([+-]\\d+)?>");

  private final InstantSource clock;
  private final Instant start;

  ScenarioTimes(InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The text with its times in ISO-8601, or in seconds since 1970. */
  String fill(String text) {
    return TIME.matcher(text).replaceAll(match -> written(match.group(1), match.group(2)));
  }

  private String written(String name, @Nullable String millis) {
    Instant time = shifted(name, millis);
    return name.equals("epoch") ? Long.toString(time.getEpochSecond()) : time.toString();
  }

  private Instant shifted(String name, @Nullable String millis) {
    Instant time = name.equals("start") ? start : clock.instant();
    return millis == null ? time : time.plusMillis(Long.parseLong(millis));
  }
}
