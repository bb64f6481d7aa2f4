package io.reststream.core.http;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The way of one request over redirects: within the origin of the request, and to those that the
 * rule allows. Credentials and bodies never leave the origin. For one thread at a time.
 */
final class Redirects {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
  private static final int MOST = 5;

  /** A validator is the address's that it was answered by (RFC 9110, section 15.4). */
  private static final Set<String> CONDITIONS = Set.of("if-none-match", "if-modified-since");

  private static final Set<String> VALIDATORS = Set.of("etag", "last-modified");

  private final RestRequest request;
  private final OriginRule rule;
  private final Set<String> seen = new HashSet<>();
  private volatile Hop hop;

  Redirects(RestRequest request, OriginRule rule) {
    this.request = request;
    this.rule = rule;
    this.hop = Hop.first(request);
    seen.add(id(hop));
  }

  /** Where the request is now. */
  Hop hop() {
    return hop;
  }

  static boolean isRedirect(int status) {
    return STATUSES.contains(status);
  }

  /**
   * Follows a redirect.
   *
   * @throws PermanentException if it may not be followed
   */
  void follow(int status, String location) throws PermanentException {
    URI target = target(location);
    boolean sameOrigin = OriginRule.isSame(request.uri(), target);
    if (!sameOrigin && !rule.allows(target)) {
      throw new PermanentException(
          "a redirect to another origin was refused: option 'allowedHosts' does not name %s"
              .formatted(OriginRule.origin(target)));
    }
    String method = method(status, hop.method());
    byte[] body = method.equals(hop.method()) ? hop.body() : null;
    if (!sameOrigin && body != null) {
      throw new PermanentException(
          "a redirect to another origin was refused, since it would take the body along: %s"
              .formatted(OriginRule.origin(target)));
    }
    Map<String, String> headers =
        new TreeMap<>(sameOrigin ? hop.headers() : OriginRule.harmless(hop.headers()));
    if (body == null) {
      headers.keySet().removeIf("Content-Type"::equalsIgnoreCase);
    }
    headers.keySet().removeIf(name -> CONDITIONS.contains(name.toLowerCase(Locale.ROOT)));
    Hop next = new Hop(method, target, headers, body);
    if (!seen.add(id(next))) {
      throw new PermanentException("redirects lead in a circle, back to " + next);
    }
    if (seen.size() > MOST + 1) {
      throw new PermanentException(
          "more than %d redirects, one after the other, the last to %s".formatted(MOST, next));
    }
    hop = next;
  }

  /** The headers of the answer that ends the way, without the validators of another address. */
  Map<String, List<String>> answered(Map<String, List<String>> headers) {
    if (seen.size() == 1) {
      return headers;
    }
    Map<String, List<String>> others = new HashMap<>(headers);
    others.keySet().removeIf(name -> VALIDATORS.contains(name.toLowerCase(Locale.ROOT)));
    return others;
  }

  private URI target(String location) throws PermanentException {
    try {
      return UriReference.resolve(hop.uri(), location);
    } catch (IllegalArgumentException e) {
      throw new PermanentException(
          "a redirect leads to no address: " + RedactedUrl.of(location), e);
    }
  }

  /** The method after a redirect: as browsers do it ("Fetch", WHATWG, HTTP-redirect fetch). */
  private static String method(int status, String method) {
    boolean becomesGet = status == 303 || (status <= 302 && method.equals("POST"));
    return becomesGet ? "GET" : method;
  }

  private static String id(Hop hop) {
    return hop.method() + " " + hop.uri();
  }
}
