package io.reststream.flink.limits;

import io.reststream.core.Input;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator tells a reader which inputs are to be read no more, of all that any reader has;
 * all others are. The answer is {@link Reads}.
 */
public record InputsGone(Set<Input> inputs) implements SourceEvent {
  private static final long serialVersionUID = 1L;

  public InputsGone {
    inputs = Set.copyOf(inputs);
  }
}
