package io.reststream.core.template;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A url with placeholders, after RFC 6570 (all four levels): parsed once, expanded for each
 * request.
 *
 * <pre>{@code
 * UriTemplate url = UriTemplate.parse("https://host/{tenant}/events{?since,limit}");
 * url.expand(Placeholders.of(Map.of("tenant", "a/b", "since", "2024-01-01T00:00:00+02:00")));
 * // https://host/a%2Fb/events?since=2024-01-01T00%3A00%3A00%2B02%3A00
 * }</pre>
 *
 * <p>A value that is undefined is left out; {@code {?since}} then writes no parameter at all, and
 * {@code since={since}} an empty one. A value can never add a path segment, a query parameter or a
 * fragment, except where the template's author chose {@code {+x}} or {@code {#x}}. Beyond the RFC,
 *
 * <ul>
 *   <li>a value that would make a path segment {@code .} or {@code ..} is refused;
 *   <li>the keys of an exploded map are encoded as values are;
 *   <li>{@code {?label=name}} writes another name than the variable's, such as {@code
 *       {&starting_after=offset}}, for a parameter that is left out where it is undefined;
 *   <li>{@code {name:format}} is a time in a {@link WrittenTime}, such as {@code {now:yyyy-MM-dd}};
 *   <li>where {@code {+x:3}} counts characters, the triplets of one encoded character count as one;
 *   <li>text outside of braces that a URI cannot hold (a space, letters beyond ASCII) is encoded.
 * </ul>
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class UriTemplate implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int ROOM_FOR_VALUES = 48;

  private final String text;
  private final List<UriPart> parts;
  private final int pathParts;
  private final boolean valuesInPath;

  UriTemplate(String text, List<UriPart> parts, int pathParts) {
    this.text = text;
    this.parts = parts;
    this.pathParts = pathParts;
    this.valuesInPath =
        parts.subList(0, pathParts).stream()
            .anyMatch(part -> part instanceof Expression e && !e.operator().reserved);
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException with the index of what is wrong and what is allowed there
   */
  public static UriTemplate parse(String text) {
    return UriTemplateParser.parse(text);
  }

  /** The distinct variable names, in the order in which they first appear. */
  public List<String> names() {
    return parts.stream().flatMap(part -> part.names().stream()).distinct().toList();
  }

  /**
   * The names of the variables for which nothing can be left out, since the text around them stays:
   * those of {@code {id}} and {@code {+id}}.
   */
  public Set<String> required() {
    return parts.stream()
        .filter(Expression.class::isInstance)
        .map(Expression.class::cast)
        .filter(e -> e.operator() == Operator.SIMPLE || e.operator() == Operator.RESERVED)
        .flatMap(e -> e.variables().stream())
        .map(Variable::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The same url with further parameters behind its query: each has a value's name, whatever its
   * characters, and is left out where the value is undefined. The template must have no fragment.
   */
  public UriTemplate withQuery(List<String> parameters) {
    Stream<UriPart> more = Stream.of(new QueryParameters(List.copyOf(parameters)));
    return new UriTemplate(text, Stream.concat(parts.stream(), more).toList(), pathParts);
  }

  /** A url that this template could make: with {@code x} in the place of each value. */
  public String example() {
    return new UriTemplate(text, parts.stream().map(UriPart::unformatted).toList(), pathParts)
        .expand(name -> "x");
  }

  /**
   * The url with these values.
   *
   * @throws IllegalArgumentException where a value has a type that cannot be written (see {@link
   *     Placeholders}), holds half of a surrogate pair, is a list or map under a prefix, or makes a
   *     dot segment, or is no time and has a format
   */
  public String expand(Placeholders values) {
    StringBuilder out = new StringBuilder(text.length() + ROOM_FOR_VALUES);
    int pathLength = 0;
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).expand(values, out);
      if (i < pathParts) {
        pathLength = out.length();
      }
    }
    if (valuesInPath && DotSegments.present(out, pathLength)) {
      DotSegments.refuse(parts.subList(0, pathParts), values);
    }
    return out.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UriTemplate that && text.equals(that.text) && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The template up to its query, which may hold an API key. */
  @Override
  public String toString() {
    return withoutQuery(text);
  }

  static String withoutQuery(String template) {
    int query = template.indexOf('?');
    if (query < 0) {
      return template;
    }
    boolean inBraces = query > 0 && template.charAt(query - 1) == '{';
    return template.substring(0, inBraces ? query - 1 : query) + "?...";
  }
}
