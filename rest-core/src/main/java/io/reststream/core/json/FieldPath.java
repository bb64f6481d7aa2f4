package io.reststream.core.json;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a field stands in a JSON document: {@code next}, {@code meta.next}, {@code /meta/next} (a
 * JSON Pointer, RFC 6901) or {@code $.meta.next}. A number is a field's name in an object and an
 * index in an array: {@code /3} is the fourth element of a positional array. A response's own field
 * may stand in an element that is chosen by one of its values: {@code links[rel=next].uri}. The dot
 * in {@code @odata.nextLink} is part of the name. Where an input names a field, its column stands
 * in braces: {@code result.{pair}}.
 *
 * @param segments the names from the outside in; none is the document itself
 */
public record FieldPath(List<String> segments) implements Serializable {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");
  private static final Pattern SELECTOR = Pattern.compile("\\[[^\\[\\]=]+=[^\\[\\]]*]");

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
    List<String> segments = dotted(dotted);
    if (segments.contains("")) {
      throw new IllegalArgumentException("The path '%s' has an empty name".formatted(text));
    }
    return new FieldPath(segments);
  }

  private static List<String> dotted(String path) {
    List<String> segments = new ArrayList<>();
    int from = 0;
    Matcher selector = SELECTOR.matcher(path);
    while (selector.find()) {
      String before = path.substring(from, selector.start());
      if (!before.isEmpty()) {
        segments.addAll(names(before));
      }
      segments.add(selector.group());
      from = selector.end();
      // After a selector a dot leads on, or nothing follows.
      if (from < path.length() && path.charAt(from) == '.') {
        from++;
        if (from == path.length()) {
          segments.add("");
        }
      }
    }
    if (from < path.length() || segments.isEmpty()) {
      segments.addAll(names(path.substring(from)));
    }
    return segments;
  }

  /** The names between the dots; that in an annotation of OData belongs to its name. */
  private static List<String> names(String dotted) {
    return Arrays.asList(dotted.split("(?<!@odata)\\.", -1));
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

  /** Whether it chooses elements of an array by a value. */
  public boolean selects() {
    return segments.stream().anyMatch(segment -> SELECTOR.matcher(segment).matches());
  }

  /** The columns that stand for a name, such as {@code pair} in {@code result.{pair}}. */
  public List<String> placeholders() {
    return segments.stream()
        .map(PLACEHOLDER::matcher)
        .filter(Matcher::matches)
        .map(placeholder -> placeholder.group(1))
        .toList();
  }

  /** The path with names in place of the columns that stand for them. */
  public FieldPath filled(UnaryOperator<String> names) {
    return new FieldPath(
        segments.stream()
            .map(
                segment -> {
                  Matcher placeholder = PLACEHOLDER.matcher(segment);
                  return placeholder.matches() ? names.apply(placeholder.group(1)) : segment;
                })
            .toList());
  }

  /** The dotted form, or a JSON Pointer where a name is empty or holds a dot. */
  @Override
  public String toString() {
    boolean dotted =
        segments.stream()
                .noneMatch(
                    name ->
                        name.isEmpty() || (name.contains(".") && !SELECTOR.matcher(name).matches()))
            && segments.stream()
                .limit(1)
                .noneMatch(name -> name.startsWith("/") || name.equals("$"));
    return dotted ? String.join(".", segments).replace(".[", "[") : toPointer();
  }

  private String toPointer() {
    return segments.stream()
        .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }
}
