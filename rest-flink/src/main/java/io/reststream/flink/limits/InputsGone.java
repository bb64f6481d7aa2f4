package io.reststream.flink.limits;

import io.reststream.core.Input;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator tells a reader which of its inputs are to be read no more. The answers are {@link
 * Reads} and, once they are not, {@link ReadNoMore}. The first one, which may name none, also tells
 * that the reader has got all that it has.
 */
public record InputsGone(Set<Input> inputs) implements SourceEvent {
  private static final long serialVersionUID = 1L;

  public InputsGone {
    inputs = Set.copyOf(inputs);
  }
}
