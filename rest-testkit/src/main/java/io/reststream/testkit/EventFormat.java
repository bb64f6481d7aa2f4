package io.reststream.testkit;

import java.time.Instant;
import java.util.function.LongFunction;

/**
 * How a feed writes the events that it makes itself: {@code {"id":7,"ts":1704067207,"name":"event 7
 * ✓"}}.
 *
 * <pre>{@code
 * feed.format(EventFormat.DEFAULT.timestamp("created_at", TimestampFormat.ISO_8601));
 * }</pre>
 *
 * @param timestampField the name of the time's field
 * @param timestampFormat how the time is written
 * @param payload the other members, as JSON text without braces, for an id; may be empty
 */
public record EventFormat(
    String timestampField, TimestampFormat timestampFormat, LongFunction<String> payload) {

  /** Field {@code ts} in epoch seconds, and a name with a sign outside ASCII. */
  public static final EventFormat DEFAULT =
      new EventFormat(
          "ts", TimestampFormat.EPOCH_SECONDS, id -> "\"name\":\"event " + id + " \u2713\"");

  /** The same events with their time in another field or form. */
  public EventFormat timestamp(String field, TimestampFormat format) {
    return new EventFormat(field, format, payload);
  }

  /** The same events with other members, such as {@code id -> "\"price\":" + id + ".50"}. */
  public EventFormat payload(LongFunction<String> members) {
    return new EventFormat(timestampField, timestampFormat, members);
  }

  String json(long id, Instant time) {
    String members = payload.apply(id);
    return "{\"id\":%d,\"%s\":%s%s%s}"
        .formatted(
            id, timestampField, timestampFormat.json(time), members.isEmpty() ? "" : ",", members);
  }
}
