package io.reststream.core.config;

import io.reststream.core.template.Placeholders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How exactly a request tells the edges of a window: by the formats of their placeholders. */
final class WindowPrecision {
  private static final Instant SOME_TIME = Instant.parse("2001-01-01T00:00:00Z");
  private static final List<Duration> UNITS =
      List.of(
          Duration.ofMillis(1),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofDays(1));

  private WindowPrecision() {}

  /** The shortest unit that each edge in the request tells; null, with a problem, if none does. */
  static @Nullable Duration of(
      RequestTemplate request, Set<String> names, ConfigProblems problems) {
    Duration coarsest = UNITS.get(0);
    for (String edge : List.of(WindowOptions.START, WindowOptions.END)) {
      if (!names.contains(edge)) {
        continue;
      }
      Duration unit = unit(request, edge);
      if (unit == null) {
        problems.add(
            "The placeholder {%s} must tell at least the day in its format: a window has the same length everywhere.",
            edge);
        return null;
      }
      coarsest = unit.compareTo(coarsest) > 0 ? unit : coarsest;
    }
    return coarsest;
  }

  private static @Nullable Duration unit(RequestTemplate request, String edge) {
    List<String> before = texts(request, edge, SOME_TIME);
    return UNITS.stream()
        .filter(unit -> !texts(request, edge, SOME_TIME.plus(unit)).equals(before))
        .findFirst()
        .orElse(null);
  }

  /** What is sent, with a time at one edge and the same everywhere else. */
  private static List<String> texts(RequestTemplate request, String edge, Instant time) {
    Placeholders values = name -> name.equals(edge) ? time : SOME_TIME;
    try {
      String headers =
          request.headers().values().stream().map(h -> h.expand(values)).toList().toString();
      String body = request.body() == null ? "" : request.body().expand(values);
      return List.of(request.url().expand(values), headers, body);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalStateException("Any time can stand in a request", e);
    }
  }
}
