package io.reststream.core;

import io.reststream.core.http.RestRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of a request looks like a secret that the options hold as text: the values of unusual
 * headers, and of parameters and members whose names say so.
 */
final class WrittenSecrets {
  private static final int SHORTEST_WORD = 8;
  private static final Set<String> HARMLESS =
      Set.of(
          "accept",
          "accept-charset",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "content-type",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "origin",
          "prefer",
          "referer",
          "user-agent");

  private static final String NAME =
      "[^=&;\"?]*(?:key|token|secret|passw|pwd|auth|sig|credential|session|jwt|code)[^=&;\"]*";
  private static final Pattern PARAMETER =
      Pattern.compile("(?:^|[?&;])" + NAME + "=([^&;#]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern MEMBER =
      Pattern.compile(
          "\"" + NAME + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.CASE_INSENSITIVE);

  private WrittenSecrets() {}

  static Stream<String> of(RestRequest request) {
    List<String> found = new ArrayList<>();
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!HARMLESS.contains(name.toLowerCase(Locale.ROOT))) {
                addWords(value, found);
              }
            });
    String query = request.uri().getRawQuery();
    if (query != null) {
      addAll(PARAMETER.matcher(query), found);
    }
    if (request.body() != null) {
      String body = new String(request.body(), StandardCharsets.UTF_8);
      addAll(MEMBER.matcher(body), found);
      addAll(PARAMETER.matcher(body), found);
    }
    return found.stream();
  }

  private static void addWords(String value, List<String> found) {
    for (String word : value.split("[\\s;,=\"]+", -1)) {
      if (word.length() >= SHORTEST_WORD) {
        found.add(word);
      }
    }
  }

  private static void addAll(Matcher matcher, List<String> found) {
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
  }
}
