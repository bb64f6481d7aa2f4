package io.reststream.core.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resolves what a server calls an address against the one that was asked (RFC 3986, section 5).
 * {@link URI#resolve(String)} follows the RFC before that one, and loses the path before {@code
 * ?page=2}.
 */
public final class UriReference {
  /** RFC 3986, appendix B. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?", Pattern.DOTALL);

  private static final String MARKS = "-._~:/?#@!$&'()*+,;=%";

  private UriReference() {}

  /**
   * The address that a reference means, without a fragment, and without a user: credentials come
   * from options, never from a server. Characters that an address cannot hold are percent-encoded.
   *
   * @throws IllegalArgumentException if it is no address
   */
  public static URI resolve(URI base, String reference) {
    Matcher parts = PARTS.matcher(reference.strip());
    parts.matches(); // as any text does
    String scheme = parts.group(1);
    String authority = parts.group(2);
    String path = parts.group(3);
    String query = parts.group(4);
    if (scheme == null && authority == null) {
      authority = base.getRawAuthority();
      if (path.isEmpty()) {
        path = base.getRawPath();
        query = query == null ? base.getRawQuery() : query;
      } else if (!path.startsWith("/")) {
        path = merged(base.getRawPath(), path);
      }
    }
    return URI.create(
        (scheme == null ? base.getScheme() : scheme)
            + ":"
            + (authority == null ? "" : "//" + withoutUser(authority))
            + encoded(withoutDots(path), MARKS)
            + (query == null ? "" : "?" + encoded(query, MARKS + "[]")));
  }

  /** The same address without the parameters of its query that have this name. */
  public static URI withoutParameter(URI uri, String name) {
    String query = uri.getRawQuery();
    if (query == null) {
      return uri;
    }
    String left =
        Arrays.stream(query.split("&", -1))
            .filter(pair -> !decodedName(pair).equals(name))
            .collect(Collectors.joining("&"));
    String address = uri.toString();
    int start = address.indexOf('?');
    String rest = address.substring(start + 1 + query.length());
    return left.equals(query)
        ? uri
        : URI.create(address.substring(0, start) + (left.isEmpty() ? "" : "?" + left) + rest);
  }

  private static String decodedName(String pair) {
    int equals = pair.indexOf('=');
    return URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
  }

  private static String withoutUser(String authority) {
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static String merged(@Nullable String base, String path) {
    return base == null || base.isEmpty()
        ? "/" + path
        : base.substring(0, base.lastIndexOf('/') + 1) + path;
  }

  /** RFC 3986, section 5.2.4, for a path that begins with a slash or is empty. */
  private static String withoutDots(String path) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < path.length()) {
      int next = path.indexOf('/', at + 1);
      int end = next < 0 ? path.length() : next;
      String segment = path.substring(at, end);
      boolean parent = segment.equals("/..");
      if (parent) {
        out.setLength(Math.max(0, out.lastIndexOf("/")));
      }
      if (!parent && !segment.equals("/.")) {
        out.append(segment);
      } else if (next < 0) {
        out.append('/');
      }
      at = end;
    }
    return out.toString();
  }

  private static String encoded(String text, String marks) {
    StringBuilder out = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || marks.indexOf(c) >= 0;
      out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return out.toString();
  }
}
