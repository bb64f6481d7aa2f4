package io.reststream.core.config;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An option: a key, what its text may be, and what it means. Declared once, as a constant; engines
 * declare their own in the same way.
 *
 * <pre>{@code
 * static final Option<Integer> BATCH_SIZE =
 *     Option.of("batchSize", OptionTypes.integer(1), "1000", "Records per batch.");
 * }</pre>
 *
 * @param key the key in camel case; users may write it in any case, with {@code -} and {@code _}
 * @param type what its text may be
 * @param defaultText the text that stands for an option that is not given; null when there is none
 * @param doc what it means, in a sentence or two
 * @param secret whether its value must never be shown
 */
public record Option<T>(
    String key, OptionType<T> type, @Nullable String defaultText, String doc, boolean secret)
    implements Serializable {

  /** An option with a default. */
  public static <T> Option<T> of(String key, OptionType<T> type, String defaultText, String doc) {
    return new Option<>(key, type, defaultText, doc, false);
  }

  /** An option without a default. */
  public static <T> Option<T> of(String key, OptionType<T> type, String doc) {
    return new Option<>(key, type, null, doc, false);
  }

  /** Whether a key is this option's, in whatever spelling. */
  public boolean isKey(String given) {
    return Keys.normalized(given).equals(Keys.normalized(key));
  }

  /** Whether options that were given hold this one. */
  public boolean isIn(Map<String, String> given) {
    return given.keySet().stream().anyMatch(this::isKey);
  }

  /** The same option, its value never shown. */
  Option<T> asSecret() {
    return new Option<>(key, type, defaultText, doc, true);
  }

  @Override
  public String toString() {
    return key;
  }
}
