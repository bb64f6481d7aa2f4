package io.reststream.core.config;

import io.reststream.core.offset.TimeFormat;
import org.jspecify.annotations.Nullable;

/**
 * How offsets are written.
 *
 * @param read how they are read; null where they are taken as they come
 * @param sent how they are sent; null where that is as they are read
 */
public record OffsetFormats(@Nullable TimeFormat read, @Nullable TimeFormat sent) {
  /** What a time is sent in; null for its own text. */
  public @Nullable TimeFormat sending() {
    return sent != null ? sent : read instanceof TimeFormat.Iso ? null : read;
  }
}
