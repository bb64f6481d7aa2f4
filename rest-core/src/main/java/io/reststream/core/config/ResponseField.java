package io.reststream.core.config;

import io.reststream.core.json.FieldPath;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A value of a response: a field of its body, a header, or the target of a link. */
public sealed interface ResponseField {
  /** What the name of a header stands behind. */
  String PREFIX = "header:";

  /** What the relation of a link stands behind. */
  String LINK_PREFIX = "link:";

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

  /** Several fields of a record, whose values together are one offset. */
  record Several(List<FieldPath> paths) implements ResponseField {
    public Several {
      paths = List.copyOf(paths);
    }

    static Several parse(String text) {
      List<FieldPath> paths =
          Arrays.stream(text.split(",", -1)).map(String::trim).map(FieldPath::parse).toList();
      boolean header = text.toLowerCase(Locale.ROOT).contains(PREFIX);
      if (header || paths.stream().anyMatch(FieldPath::isRoot)) {
        throw new IllegalArgumentException("a field needs a name");
      }
      return new Several(paths);
    }

    @Override
    public String name() {
      return toString();
    }

    @Override
    public String toString() {
      return paths.stream().map(FieldPath::toString).collect(Collectors.joining(","));
    }
  }

  /** The target of the Link header (RFC 8288) with a relation, {@code link:next}. */
  record Link(String rel) implements ResponseField {
    @Override
    public String name() {
      return toString();
    }

    @Override
    public String toString() {
      return LINK_PREFIX + rel;
    }
  }

  /** The name that a placeholder for the value has. */
  String name();

  /**
   * Reads {@code meta.next}, {@code header:Name} or {@code link:next}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static ResponseField parse(String text) {
    String trimmed = text.trim();
    String lower = trimmed.toLowerCase(Locale.ROOT);
    if (lower.startsWith(PREFIX)) {
      String name = trimmed.substring(PREFIX.length()).trim();
      if (!HeaderTemplates.isToken(name)) {
        throw new IllegalArgumentException("'%s' is not the name of a header".formatted(name));
      }
      return new Header(name);
    }
    if (lower.startsWith(LINK_PREFIX)) {
      String rel = trimmed.substring(LINK_PREFIX.length()).trim();
      if (rel.isEmpty() || rel.chars().anyMatch(c -> c <= ' ' || c == ',' || c == '"')) {
        throw new IllegalArgumentException("'%s' is not the relation of a link".formatted(rel));
      }
      return new Link(rel);
    }
    FieldPath path = FieldPath.parse(text);
    if (path.isRoot()) {
      throw new IllegalArgumentException("a field needs a name");
    }
    return new Body(path);
  }
}
