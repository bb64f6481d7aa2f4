package io.reststream.core.config;

import io.reststream.core.template.TextTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of fields and columns that no placeholder can have, since RFC 6570 knows letters, digits,
 * {@code _} and dots only. In a header or a body their braces would go out as text.
 *
 * @param advice what to do instead, by name
 */
record UnwritableNames(Map<String, String> advice) {

  static UnwritableNames of(
      @Nullable ResponseField offset, @Nullable PageSettings page, List<String> columns) {
    Map<String, String> advice = new LinkedHashMap<>();
    for (String column : columns) {
      addUnwritable(advice, column, "rename the column of 'inputData'");
    }
    if (page != null && page.style() == PaginationStyle.CURSOR) {
      addUnwritable(advice, page.next().first().name(), "write {pageToken} for the page token");
    }
    if (offset != null) {
      addUnwritable(advice, offset.name(), "write {offset} for the offset");
    }
    return new UnwritableNames(advice);
  }

  private static void addUnwritable(Map<String, String> advice, String name, String instead) {
    if (!isWritable(name)) {
      advice.put(name, instead);
    }
  }

  /** Whether a placeholder can have this name. */
  static boolean isWritable(String name) {
    try {
      return TextTemplate.parse("{" + name + "}").names().contains(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What is wrong with a template that uses such a name; empty if it uses none. */
  Optional<String> problem(String template, String where) {
    return advice.keySet().stream()
        .filter(name -> inBraces(name).matcher(template).find())
        .findFirst()
        .map(
            name ->
                ("The placeholder '{%s}' in %s cannot be written: a placeholder's name is made of"
                        + " letters, digits, '_' and '.'; %s.")
                    .formatted(name, where, advice.get(name)));
  }

  private static Pattern inBraces(String name) {
    return Pattern.compile(
        "\\{[+#./;?&]?(?:[^{}]*,)?" + Pattern.quote(name) + "(?:[,:*][^{}]*)?\\}");
  }
}
