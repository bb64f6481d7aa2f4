package io.reststream.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reststream.core.template.TextTemplate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the headers of a request from {@code headers} and {@code header.<Name>}. */
final class HeaderTemplates {
  private static final Set<String> SET_BY_THE_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Secrets secrets;
  private final ConfigProblems problems;
  private final Map<String, TextTemplate> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private HeaderTemplates(Secrets secrets, ConfigProblems problems) {
    this.secrets = secrets;
    this.problems = problems;
  }

  /**
   * Reads them. Messages name headers and never show their values.
   *
   * @param option the option that holds the object
   * @param json its text; null when it is not given
   * @param single what {@code header.<Name>} gave, by name
   * @return the headers by name, in any case
   */
  static Map<String, TextTemplate> parse(
      Option<String> option,
      @Nullable String json,
      Map<String, String> single,
      Secrets secrets,
      ConfigProblems problems) {
    HeaderTemplates templates = new HeaderTemplates(secrets, problems);
    single.forEach(templates::add);
    if (json != null) {
      templates.addAll(option, json);
    }
    return templates.headers;
  }

  private void addAll(Option<String> option, String json) {
    JsonNode object;
    try {
      object = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      object = null;
    }
    if (object == null || !object.isObject()) {
      problems.add(
          "Option '%s' must be a JSON object such as {\"Accept\": \"application/json\"}, each"
              + " name once, but was not.",
          option.key());
      return;
    }
    object
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                add(field.getKey(), field.getValue().asText());
              } else {
                problems.add("The header '%s' must be text.", printable(field.getKey()));
              }
            });
  }

  private void add(String name, String value) {
    if (!isToken(name)) {
      problems.add(
          "A header's name must be made of letters, digits and !#$%%&'*+-.^_`|~, but was '%s'.",
          printable(name));
    } else if (SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
      problems.add("The header '%s' is set by the client and cannot be an option.", name);
    } else if (headers.containsKey(name)) {
      problems.add("The header '%s' is given twice.", name);
    } else {
      try {
        String owner = "The header '%s'".formatted(name);
        headers.put(name, TextTemplate.parse(secrets.cut(owner, value)));
      } catch (IllegalArgumentException e) {
        problems.add("The header '%s' cannot be sent: %s", name, e.getMessage());
      }
    }
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** Whether a text is a token of RFC 9110, as the name of a header must be. */
  static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }
}
