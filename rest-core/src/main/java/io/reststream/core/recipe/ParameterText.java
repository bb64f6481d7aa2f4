package io.reststream.core.recipe;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in which parameters stand: {@code <<name>>}, {@code <<name.part>>} for a part of a choice,
 * and {@code <<+name>>} where a url is to have the value as it is. No placeholder of a request and
 * no reference to a secret is written like that.
 */
final class ParameterText {
  private static final Pattern PARAMETER = Pattern.compile("<<(\\+?)(\\w+(?:\\.\\w+)?)>>");
  private static final Pattern SECRET = Pattern.compile("\\$\\{(?:env|file):[^}]*}");

  private ParameterText() {}

  /** The names that stand in a text, those of parts with their dot. */
  static Set<String> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    PARAMETER.matcher(text).results().forEach(found -> names.add(found.group(2)));
    return names;
  }

  /** A text with the values of its names; in a url they are encoded. */
  static String filled(String text, Map<String, String> values, boolean url) {
    return PARAMETER
        .matcher(text)
        .replaceAll(
            found -> {
              String value = values.getOrDefault(found.group(2), "");
              boolean encoded = url && found.group(1).isEmpty();
              return Matcher.quoteReplacement(encoded ? encoded(value) : value);
            });
  }

  /** A value for a url; a reference to a secret stays one, and is encoded where it is read. */
  private static String encoded(String value) {
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (MatchResult secret : SECRET.matcher(value).results().toList()) {
      out.append(PERCENT.apply(value.substring(copied, secret.start()))).append(secret.group());
      copied = secret.end();
    }
    return out.append(PERCENT.apply(value.substring(copied))).toString();
  }

  private static final UnaryOperator<String> PERCENT =
      text ->
          URLEncoder.encode(text, StandardCharsets.UTF_8)
              .replace("+", "%20")
              .replace("*", "%2A")
              .replace("%7E", "~");
}
