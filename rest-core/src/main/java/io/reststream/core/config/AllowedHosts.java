package io.reststream.core.config;

import io.reststream.core.http.OriginRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the option {@code allowedHosts}. A name without a scheme is meant with the scheme of {@code
 * url}, and with https: from https nothing leads to http that does not say http.
 */
final class AllowedHosts {
  private AllowedHosts() {}

  /** The origin of {@code url}, and those that the option names. */
  static OriginRule parse(String text, URI url, ConfigProblems problems) {
    OriginRule rule = OriginRule.NONE.with(url);
    if (text.isBlank()) {
      return rule;
    }
    for (String part : text.split(",", -1)) {
      String name = part.trim();
      boolean whole = name.toLowerCase(Locale.ROOT).matches("https?://.*");
      URI https = origin(whole ? name : "https://" + name);
      if (https == null) {
        problems.add(
            "Option 'allowedHosts' must name hosts, with a port or a scheme where needed, such as"
                + " 'files.example.com', 'example.com:8443' or 'http://example.com', separated by"
                + " commas, but names '%s'.",
            name.substring(name.lastIndexOf('@') + 1));
        continue;
      }
      rule = rule.with(https);
      if (!whole && "http".equalsIgnoreCase(url.getScheme())) {
        rule = rule.with(URI.create("http://" + name));
      }
    }
    return rule;
  }

  private static @Nullable URI origin(String text) {
    try {
      URI uri = new URI(text);
      boolean bare =
          uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getPort() <= UrlOption.HIGHEST_PORT;
      return bare ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
