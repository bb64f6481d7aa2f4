package io.reststream.flink.limits;

import java.time.Instant;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader tells the enumerator that the API asked it for a pause. What it was told by the
 * enumerator it does not tell back.
 *
 * @param until when the API may be asked again
 */
public record PauseAsked(Instant until) implements SourceEvent {
  private static final long serialVersionUID = 1L;
}
