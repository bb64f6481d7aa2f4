package io.reststream.core.config;

import io.reststream.core.json.FieldPath;
import java.util.Locale;

/** A value of a response: a field of its body, or a header. */
public sealed interface ResponseField {
  /** What the name of a header stands behind. */
  String PREFIX = "header:";

  /** A field of the body. */
  record Body(FieldPath path) implements ResponseField {
    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A header, {@code header:Name}. */
  record Header(String name) implements ResponseField {
    @Override
    public String toString() {
      return PREFIX + name;
    }
  }

  /** The name that a placeholder for the value has. */
  String name();

  /**
   * Reads {@code meta.next} or {@code header:Name}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static ResponseField parse(String text) {
    if (text.trim().toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
      String name = text.trim().substring(PREFIX.length()).trim();
      if (!HeaderTemplates.isToken(name)) {
        throw new IllegalArgumentException("'%s' is not the name of a header".formatted(name));
      }
      return new Header(name);
    }
    FieldPath path = FieldPath.parse(text);
    if (path.isRoot()) {
      throw new IllegalArgumentException("a field needs a name");
    }
    return new Body(path);
  }
}
