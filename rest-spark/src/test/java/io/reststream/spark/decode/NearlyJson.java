package io.reststream.spark.decode;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes JSON documents as what only options for it can read. */
final class NearlyJson {
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d[\\d.eE+-]*|[{}\\[\\],:]");

  private final Random random;
  private final boolean nonNumbers;

  /**
   * A writer.
   *
   * @param nonNumbers whether it writes NaN and its like
   */
  NearlyJson(long seed, boolean nonNumbers) {
    random = new Random(seed);
    this.nonNumbers = nonNumbers;
  }

  /** The same document, with NaN in place of some fractions. */
  String of(String document) {
    return TOKEN
        .matcher(document)
        .replaceAll(token -> Matcher.quoteReplacement(written(document, token)));
  }

  private String written(String document, MatchResult token) {
    String text = token.group();
    if (text.startsWith("\"")) {
      boolean name = document.startsWith(":", token.end());
      return text(text.substring(1, text.length() - 1), name);
    }
    if (Character.isDigit(text.charAt(text.length() - 1))) {
      return number(text);
    }
    return random.nextInt(8) == 0 ? pick("/* a: \"1 */", "/**/", " ") + text : text;
  }

  private String text(String content, boolean name) {
    if (name && content.matches("\\w+") && random.nextBoolean()) {
      return content;
    }
    if (random.nextInt(3) == 0 && !content.contains("'")) {
      return "'" + content.replace("\\\"", pick("\"", "\\\"")) + "'";
    }
    String escaped =
        random.nextInt(3) == 0 ? content.replaceFirst("^([ acdgx])", "\\\\$1") : content;
    return '"' + escaped.replace("\\n", pick("\\n", "\t")) + '"';
  }

  private String number(String text) {
    if (nonNumbers && text.contains(".") && random.nextBoolean()) {
      return pick("NaN", "Infinity", "-Infinity", "+INF", "-INF");
    }
    String sign = text.startsWith("-") ? "-" : "";
    return sign + pick("", "0", "000") + text.substring(sign.length());
  }

  private String pick(String... choices) {
    return List.of(choices).get(random.nextInt(choices.length));
  }
}
