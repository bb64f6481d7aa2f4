package io.reststream.core.simulation;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** How a server says that an answer is the one that the client has already. */
enum Freshness {
  NONE,
  /** A hash of the body, and of nothing else. */
  ETAG,
  WEAK_ETAG,
  /** When the feed was changed, to the second. */
  LAST_MODIFIED;

  /** The answer with what it is recognised by, or 304. */
  RestResponse answer(RestRequest request, RestResponse whole, Instant changed, Instant now) {
    if (this == NONE || whole.status() != 200) {
      return whole;
    }
    Map<String, List<String>> headers = new HashMap<>(whole.headers());
    boolean known;
    if (this == LAST_MODIFIED) {
      Instant second = changed.truncatedTo(ChronoUnit.SECONDS);
      headers.put("Last-Modified", List.of(date(second)));
      headers.put("Date", List.of(date(now)));
      @Nullable String since = request.headers().get("If-Modified-Since");
      known = since != null && !second.isAfter(instant(since));
    } else {
      CRC32 hash = new CRC32();
      hash.update(whole.body());
      String tag = "\"%x-%d\"".formatted(hash.getValue(), whole.body().length);
      headers.put("ETag", List.of(this == WEAK_ETAG ? "W/" + tag : tag));
      known = headers.get("ETag").contains(request.headers().getOrDefault("If-None-Match", ""));
    }
    return known
        ? new RestResponse(304, headers, new byte[0])
        : new RestResponse(whole.status(), headers, whole.body());
  }

  private static String date(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }

  private static Instant instant(String date) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
  }
}
