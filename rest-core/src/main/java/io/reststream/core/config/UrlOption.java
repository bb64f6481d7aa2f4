package io.reststream.core.config;

import io.reststream.core.http.RedactedUrl;
import io.reststream.core.template.UriTemplate;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the option {@code url}. Its origin is fixed: that is where credentials go. */
final class UrlOption {
  static final int HIGHEST_PORT = 65_535;

  private UrlOption() {}

  static @Nullable UriTemplate parse(
      @Nullable String text, UnwritableNames unwritable, ConfigProblems problems) {
    if (text == null || text.isBlank()) {
      problems.add(
          "Option 'url' is missing: the address to ask, such as"
              + " 'https://api.example.com/events?since={timestamp}'.");
      return null;
    }
    String url = text.trim();
    String scheme = url.toLowerCase(Locale.ROOT);
    if (!scheme.startsWith("http://") && !scheme.startsWith("https://")) {
      problems.add(
          "Option 'url' must start with http:// or https://, but was '%s'.", RedactedUrl.of(url));
      return null;
    }
    if (url.contains("${env:") || url.contains("${file:")) {
      problems.add(
          "Option 'url' must not hold a reference to a secret; send it in a header, or as a"
              + " parameter with 'authType'='ApiKey' and 'apiKeyIn'='query'.");
      return null;
    }
    Optional<String> unwritten = unwritable.problem(url, "'url'");
    if (unwritten.isPresent()) {
      problems.add(unwritten.get());
      return null;
    }
    try {
      UriTemplate template = UriTemplate.parse(url);
      String fault = faultOfOrigin(url, template);
      if (fault != null) {
        problems.add(fault);
        return null;
      }
      return template;
    } catch (IllegalArgumentException e) {
      problems.add("Option 'url' cannot be used: %s", e.getMessage());
      return null;
    }
  }

  private static @Nullable String faultOfOrigin(String url, UriTemplate template) {
    String placeholder = placeholderInAuthority(url);
    if (placeholder != null) {
      return ("Option 'url' must name its host and port itself, but '%s' stands in them:"
              + " credentials go to the origin of 'url' alone, so that no value may choose it.")
          .formatted(placeholder);
    }
    URI address;
    try {
      address = new URI(template.example());
    } catch (URISyntaxException e) {
      address = URI.create("");
    }
    if (address.getRawUserInfo() != null) {
      return "Option 'url' must not hold a user or a password; send them in a header instead.";
    }
    if (address.getHost() == null || address.getPort() > HIGHEST_PORT) {
      return ("Option 'url' must name a host (letters, digits, '-' and '.', and a port up to %d if"
              + " needed) after http:// or https://, but was '%s'.")
          .formatted(HIGHEST_PORT, RedactedUrl.of(url));
    }
    return null;
  }

  /**
   * The expression that would stand, or let what follows it stand, in the authority (RFC 3986,
   * section 3.2). Only {@code {/x}}, {@code {?x}} and {@code {#x}} end it, or are nothing at all.
   */
  private static @Nullable String placeholderInAuthority(String url) {
    int at = url.indexOf("://") + "://".length();
    while (at < url.length() && "/?#".indexOf(url.charAt(at)) < 0) {
      if (url.charAt(at) != '{') {
        at++;
        continue;
      }
      int end = url.indexOf('}', at) + 1;
      boolean ends = "/?#".indexOf(url.charAt(at + 1)) >= 0;
      boolean ended = end == url.length() || "/?#{".indexOf(url.charAt(end)) >= 0;
      if (!ends || !ended) {
        return url.substring(at, end);
      }
      at = end;
    }
    return null;
  }
}
