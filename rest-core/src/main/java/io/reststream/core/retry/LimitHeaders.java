package io.reststream.core.retry;

import io.reststream.core.http.RestResponse;
import io.reststream.core.retry.Limit.Left;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers in which servers tell their limits: {@code X-RateLimit-Remaining} and {@code
 * -Reset}, {@code X-Rate-Limit-...}, {@code RateLimit-...}, and {@code RateLimit} with {@code
 * RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers): {@code "default";r=0;t=30}, and {@code
 * limit=10, remaining=0, reset=30} of its earlier versions.
 */
final class LimitHeaders {
  private static final List<String> FAMILIES =
      List.of("X-RateLimit-", "X-Rate-Limit-", "RateLimit-");

  private final RestResponse response;
  private final Instant now;
  private final List<Limit> limits = new ArrayList<>();

  private LimitHeaders(RestResponse response, Instant now) {
    this.response = response;
    this.now = now;
  }

  /** The limits that a response tells. */
  static List<Limit> read(RestResponse response, Instant now) {
    LimitHeaders headers = new LimitHeaders(response, now);
    FAMILIES.forEach(headers::family);
    headers.structured();
    return headers.limits;
  }

  private void family(String prefix) {
    add(
        response.header(prefix + "Remaining").orElse(null),
        response.header(prefix + "Reset").orElse(null));
  }

  private void add(@Nullable String remaining, @Nullable String reset) {
    if (remaining != null || reset != null) {
      Instant time = reset == null ? null : ServerTime.parse(reset, now);
      limits.add(new Limit(Left.of(remaining), time));
    }
  }

  private void structured() {
    Map<String, String> windows = new LinkedHashMap<>();
    for (Map<String, String> policy : items("RateLimit-Policy")) {
      windows.put(policy.getOrDefault("", ""), policy.getOrDefault("w", ""));
    }
    Map<String, String> earlier = new LinkedHashMap<>();
    for (Map<String, String> item : items("RateLimit")) {
      String name = item.getOrDefault("", "");
      if (name.isEmpty()) {
        earlier.putAll(item);
      } else if (item.containsKey("r") || item.containsKey("t")) {
        add(item.get("r"), item.getOrDefault("t", windows.get(name)));
      }
    }
    add(earlier.get("remaining"), earlier.get("reset"));
  }

  /** A header's members; the name of each stands under an empty key. */
  private List<Map<String, String>> items(String header) {
    List<Map<String, String>> items = new ArrayList<>();
    for (String line : response.headers().getOrDefault(header, List.of())) {
      for (String member : split(line, ',')) {
        Map<String, String> item = new LinkedHashMap<>();
        for (String part : split(member, ';')) {
          int equals = part.startsWith("\"") ? -1 : part.indexOf('=');
          if (equals < 0) {
            item.put("", part);
          } else {
            item.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
          }
        }
        items.add(item);
      }
    }
    return items;
  }

  /** Splits outside of quotes. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      if (end || (!quoted && text.charAt(i) == separator)) {
        String part = text.substring(start, i).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        start = i + 1;
      } else if (text.charAt(i) == '"') {
        quoted = !quoted;
      }
    }
    return parts;
  }
}
