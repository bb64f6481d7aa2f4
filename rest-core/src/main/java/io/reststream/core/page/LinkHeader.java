package io.reststream.core.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads Link headers (RFC 8288, appendix B.2 and B.3): several links in one line or in several,
 * parameters in any case, quoted or not.
 *
 * <pre>{@code
 * LinkHeader.target(List.of("</events?page=2>; rel=\"next\", </events>; rel=first"), "next");
 * // Optional[/events?page=2]
 * }</pre>
 */
public final class LinkHeader {
  private final String text;
  private int at;

  private LinkHeader(String text) {
    this.text = text;
  }

  /**
   * The target, as it stands there, of the first link of this page that has a relation.
   *
   * @param lines the values of the header, one for each line of it
   * @param rel the relation, in any case
   */
  public static Optional<String> target(List<String> lines, String rel) {
    for (String line : lines) {
      Optional<String> target = new LinkHeader(line).find(rel.toLowerCase(Locale.ROOT));
      if (target.isPresent()) {
        return target;
      }
    }
    return Optional.empty();
  }

  private Optional<String> find(String rel) {
    while (true) {
      skip(" \t,");
      if (at >= text.length() || text.charAt(at) != '<') {
        return Optional.empty();
      }
      int end = text.indexOf('>', at);
      if (end < 0) {
        return Optional.empty();
      }
      String target = text.substring(at + 1, end).strip();
      at = end + 1;
      Map<String, String> parameters = parameters();
      String relations = parameters.getOrDefault("rel", "").toLowerCase(Locale.ROOT);
      // A link with an anchor is one of another document.
      boolean own = parameters.getOrDefault("anchor", "").isEmpty();
      if (own && List.of(relations.strip().split("\\s+")).contains(rel)) {
        return Optional.of(target);
      }
    }
  }

  /** The parameters of a link; of one that stands there twice, the first counts. */
  private Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    skip(" \t");
    while (at < text.length() && text.charAt(at) == ';') {
      at++;
      skip(" \t");
      String name = upTo("=;, \t");
      skip(" \t");
      String value = "";
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        skip(" \t");
        value = at < text.length() && text.charAt(at) == '"' ? quoted() : upTo(";, \t");
        skip(" \t");
      }
      parameters.putIfAbsent(name, value);
    }
    // What cannot be read is passed over, up to the next link.
    upTo(",");
    return parameters;
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    at++;
    return value.toString();
  }

  private String upTo(String ends) {
    int from = Math.min(at, text.length());
    at = from;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(from, at);
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
