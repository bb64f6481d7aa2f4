package io.reststream.flink.limits;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader tells the enumerator whether it has something to read; the answer is {@link JobLimits}.
 *
 * @param any whether it asks the API, now that it has got its splits
 */
public record Reads(boolean any) implements SourceEvent {
  private static final long serialVersionUID = 1L;
}
