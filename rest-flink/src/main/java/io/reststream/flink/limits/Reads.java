package io.reststream.flink.limits;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader tells the enumerator how much it has to read; the answer is {@link JobLimits}.
 *
 * @param splits how many splits it asks the API for, now that it has got them
 */
public record Reads(int splits) implements SourceEvent {
  private static final long serialVersionUID = 1L;

  /** Whether it asks the API at all. */
  public boolean any() {
    return splits > 0;
  }
}
