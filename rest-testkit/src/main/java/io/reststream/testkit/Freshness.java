package io.reststream.testkit;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.CRC32;

/** How an endpoint says that an answer is the one that its reader has already. */
enum Freshness {
  UNSAID,
  ETAG,
  LAST_MODIFIED;

  /**
   * The answer with what it is recognised by, or 304.
   *
   * @param records how many the feed has published
   */
  Answer answer(Request request, Answer whole, int records) {
    if (this == UNSAID || whole.status() != 200) {
      return whole;
    }
    boolean byTag = this == ETAG;
    String validator = byTag ? tag(whole.bodyUnshared()) : time(records);
    Answer told = whole.header(byTag ? "ETag" : "Last-Modified", validator);
    String known = request.header(byTag ? "If-None-Match" : "If-Modified-Since");
    return validator.equals(known) ? told.withStatus(304).body("") : told;
  }

  private static String tag(byte[] body) {
    CRC32 hash = new CRC32();
    hash.update(body);
    return "\"%x-%d\"".formatted(hash.getValue(), body.length);
  }

  private static String time(int records) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ManualClock.EPOCH.plusSeconds(records).atOffset(ZoneOffset.UTC));
  }
}
