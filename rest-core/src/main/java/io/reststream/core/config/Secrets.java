package io.reststream.core.config;

import io.reststream.core.secret.Secret;
import io.reststream.core.secret.SecretPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of the options. In a text with placeholders each reference becomes a placeholder of
 * its own, so that its value is put in as any value is: escaped for where it stands.
 */
final class Secrets {
  /** How the names of these placeholders begin: no column has a name with a NUL in it. */
  private static final String SLOT = "%00";

  private static final Pattern VALUE = Pattern.compile("[:=]\\s*\"?((?:[^\"&\\\\]|\\\\.)+)");

  private final Map<String, Object> values;
  private final ConfigProblems problems;
  private final Map<String, Supplier<String>> slots = new LinkedHashMap<>();
  private final List<Secret> all = new ArrayList<>();

  Secrets(Map<String, Object> values, ConfigProblems problems) {
    this.values = values;
    this.problems = problems;
  }

  /** The secret of an option; null if it is not set, or cannot be read. */
  @Nullable Secret of(Option<String> option) {
    String text = (String) values.get(option.key());
    return text == null ? null : of("Option '%s'".formatted(option.key()), text);
  }

  /** The secret that a text is; null if it cannot be read. */
  @Nullable Secret of(String owner, String text) {
    try {
      Secret secret = Secret.parse(owner, text);
      all.add(secret);
      return secret;
    } catch (IllegalArgumentException e) {
      problems.add("%s cannot be used: %s.", owner, e.getMessage());
      return null;
    }
  }

  /**
   * A text with placeholders in the places of references.
   *
   * @param owner what has the text, at the beginning of a sentence
   */
  String cut(String owner, String text) {
    StringBuilder cut = new StringBuilder();
    List<SecretPart> parts;
    try {
      parts = SecretPart.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add("%s cannot be used: %s.", owner, e.getMessage());
      return "";
    }
    for (SecretPart part : parts) {
      if (part instanceof SecretPart.Literal literal) {
        cut.append(literal.text());
        continue;
      }
      Secret secret = Secret.of(owner, part);
      if (!(part instanceof SecretPart.Escaped)) {
        all.add(secret);
      }
      String where = owner.replaceAll("[^A-Za-z0-9]+", "_");
      String name = SLOT + slots.size() + "_of_" + where;
      slots.put(name, secret);
      cut.append('{').append(name).append('}');
    }
    return cut.toString();
  }

  /** Takes all values of a JSON object or a form for secrets, as those of a login mostly are. */
  void addValues(@Nullable String text) {
    Matcher value = VALUE.matcher(text == null ? "" : text);
    while (value.find()) {
      String found = value.group(1);
      if (!found.contains("${")) {
        of("A login", found);
      }
    }
  }

  static boolean isSlot(String name) {
    return name.startsWith(SLOT);
  }

  /** What fills the placeholders of cut texts, by name. */
  Map<String, Supplier<String>> slots() {
    return slots;
  }

  /** All of them. */
  List<Secret> all() {
    return all;
  }
}
