package io.reststream.testkit;

import java.time.Instant;

/** How an API writes a time in JSON. */
public enum TimestampFormat {
  /** A number of seconds since 1970. */
  EPOCH_SECONDS {
    @Override
    public String json(Instant time) {
      return Long.toString(time.getEpochSecond());
    }
  },

  /** A number of milliseconds since 1970. */
  EPOCH_MILLIS {
    @Override
    public String json(Instant time) {
      return Long.toString(time.toEpochMilli());
    }
  },

  /** Text such as {@code "2024-01-01T00:00:00Z"}. */
  ISO_8601 {
    @Override
    public String json(Instant time) {
      return '"' + time.toString() + '"';
    }
  };

  /** The JSON text of {@code time}. */
  public abstract String json(Instant time);
}
