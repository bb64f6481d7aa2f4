package io.reststream.core.json;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a field stands in a JSON document: {@code next}, {@code meta.next}, {@code /meta/next} (a
 * JSON Pointer, RFC 6901) or {@code $.meta.next}. A number is a field's name in an object and an
 * index in an array: {@code /3} is the fourth element of a positional array.
 *
 * @param segments the names from the outside in; none is the document itself
 */
public record FieldPath(List<String> segments) implements Serializable {
  public FieldPath {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a path; empty text and {@code $} are the document itself.
   *
   * @throws IllegalArgumentException if a name is empty, or a pointer's {@code ~} stands for
   *     nothing
   */
  public static FieldPath parse(String text) {
    String path = text.trim();
    if (path.isEmpty() || path.equals("$")) {
      return new FieldPath(List.of());
    }
    if (path.startsWith("/")) {
      return new FieldPath(pointer(path));
    }
    String dotted = path.startsWith("$.") ? path.substring(2) : path;
    List<String> segments = Arrays.asList(dotted.split("\\.", -1));
    if (segments.contains("")) {
      throw new IllegalArgumentException("The path '%s' has an empty name".formatted(text));
    }
    return new FieldPath(segments);
  }

  private static List<String> pointer(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      if (segment.matches(".*~(?![01]).*")) {
        throw new IllegalArgumentException(
            "In the JSON Pointer '%s' a '~' must be followed by 0 or 1".formatted(path));
      }
      segments.add(segment.replace("~1", "/").replace("~0", "~"));
    }
    return segments;
  }

  /** Whether this is the document itself. */
  public boolean isRoot() {
    return segments.isEmpty();
  }

  /** The dotted form, or a JSON Pointer where a name is empty or holds a dot. */
  @Override
  public String toString() {
    boolean dotted =
        segments.stream().noneMatch(name -> name.isEmpty() || name.contains("."))
            && segments.stream()
                .limit(1)
                .noneMatch(name -> name.startsWith("/") || name.equals("$"));
    return dotted ? String.join(".", segments) : toPointer();
  }

  private String toPointer() {
    return segments.stream()
        .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }
}
