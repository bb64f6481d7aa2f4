package io.reststream.flink.split;

import io.reststream.core.Input;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What tells a split from all others, wherever its stream stands.
 *
 * @param input its input
 * @param stretch which stretch of it; null for the one that goes on
 */
public record SplitName(Input input, @Nullable String stretch) implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public String toString() {
    return stretch == null ? input.json() : input.json() + " " + stretch;
  }
}
