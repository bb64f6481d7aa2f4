package io.reststream.core.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the text of an option may be.
 *
 * @param allowed the allowed values as part of a sentence: "must be {@code allowed}"
 * @param parser gives the value, or null when the text is not allowed
 */
public record OptionType<T>(String allowed, Parser<T> parser) implements Serializable {

  /** Reads a value from its text. */
  @FunctionalInterface
  public interface Parser<T> extends Serializable {
    /** The value, or null when the text is not one. */
    @Nullable T parse(String text);
  }
}
