package io.reststream.flink.limits;

import io.reststream.flink.split.SplitName;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader of discovered inputs tells, when it starts, which splits it has from a checkpoint. The
 * answer is {@link InputsGone}.
 *
 * @param splits some of them
 * @param all whether these were the last ones
 */
public record Holds(List<SplitName> splits, boolean all) implements SourceEvent {
  private static final long serialVersionUID = 1L;

  public Holds {
    splits = List.copyOf(splits);
  }
}
