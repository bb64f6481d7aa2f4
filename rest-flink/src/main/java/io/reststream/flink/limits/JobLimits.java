package io.reststream.flink.limits;

import java.time.Instant;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator tells a reader what it has to keep to; before that, a reader asks the API nothing.
 *
 * @param readers how many share the job's limits, this one included
 * @param pausedUntil when the API may be asked again; a time that is over if it may be now
 */
public record JobLimits(int readers, Instant pausedUntil) implements SourceEvent {
  private static final long serialVersionUID = 1L;
}
