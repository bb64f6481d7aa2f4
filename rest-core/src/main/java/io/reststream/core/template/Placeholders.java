package io.reststream.core.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that one request puts in the place of its placeholders.
 *
 * <pre>{@code
 * Placeholders values = Placeholders.of(Map.of("tenant", "acme", "offset", 42));
 * UriTemplate.parse("https://host/{tenant}?since={offset}").expand(values);
 * }</pre>
 *
 * <p>A value is a {@link CharSequence}, a {@link Number}, a {@link Boolean}, an {@link
 * java.time.Instant} (written as ISO-8601 has it, in UTC), a {@link java.util.Collection} or a
 * {@link Map} of such values, or null. Null means <em>undefined</em> in the sense of RFC 6570, and
 * a name that is not known is undefined too; {@code names()} of a template tells beforehand which
 * names it asks for. A value of any other type makes {@code expand} throw an {@link
 * IllegalArgumentException} that names the placeholder.
 */
@FunctionalInterface
public interface Placeholders {

  /** The value for this name, or null where it is undefined. */
  @Nullable Object value(String name);

  /** The values of a map, as they are now. */
  static Placeholders of(Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(values);
    return copy::get;
  }
}
