package io.reststream.flink.limits;

import io.reststream.flink.split.SplitName;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader of discovered inputs tells which splits it reads no more.
 *
 * @param kept those whose input is gone: they stay in the reader's state
 * @param ended those that are at their end
 */
public record ReadNoMore(List<SplitName> kept, List<SplitName> ended) implements SourceEvent {
  private static final long serialVersionUID = 1L;

  public ReadNoMore {
    kept = List.copyOf(kept);
    ended = List.copyOf(ended);
  }
}
