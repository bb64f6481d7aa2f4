package io.reststream.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reststream.core.template.BodyTemplate;
import io.reststream.core.template.TextTemplate;
import io.reststream.core.template.UriTemplate;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is sent, with placeholders still in it.
 *
 * @param method the HTTP method
 * @param url the address
 * @param headers the headers by name
 * @param body the body; null when there is none
 */
public record RequestTemplate(
    HttpMethod method,
    UriTemplate url,
    Map<String, TextTemplate> headers,
    @Nullable BodyTemplate body) {
  private static final Set<String> SET_BY_THE_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  /** The placeholders of all parts. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(url.names());
    headers.values().forEach(header -> names.addAll(header.names()));
    if (body != null) {
      names.addAll(body.names());
    }
    return names;
  }

  static @Nullable RequestTemplate parse(
      Map<String, Object> values, Map<String, String> headerOptions, ConfigProblems problems) {
    UriTemplate url = parseUrl((String) values.get(RestOptions.URL.key()), problems);
    Map<String, TextTemplate> headers =
        parseHeaders((String) values.get(RestOptions.HEADERS.key()), headerOptions, problems);
    BodyTemplate body = parseBody((String) values.get(RestOptions.BODY.key()), headers, problems);
    HttpMethod method = (HttpMethod) values.get(RestOptions.METHOD.key());
    return url == null || method == null ? null : new RequestTemplate(method, url, headers, body);
  }

  private static @Nullable UriTemplate parseUrl(@Nullable String text, ConfigProblems problems) {
    if (text == null || text.isBlank()) {
      problems.add(
          "Option 'url' is missing: the address to ask, such as"
              + " 'https://api.example.com/events?since={timestamp}'.");
      return null;
    }
    String url = text.trim();
    String scheme = url.toLowerCase(Locale.ROOT);
    if (!scheme.startsWith("http://") && !scheme.startsWith("https://")) {
      problems.add("Option 'url' must start with http:// or https://, but was '%s'.", url);
      return null;
    }
    try {
      UriTemplate template = UriTemplate.parse(url);
      URI empty = new URI(template.expand(name -> "x"));
      if (empty.getHost() == null) {
        problems.add("Option 'url' must name a host after http:// or https://, but was '%s'.", url);
        return null;
      }
      if (empty.getRawUserInfo() != null) {
        problems.add(
            "Option 'url' must not hold a user or a password; send them in a header instead.");
        return null;
      }
      return template;
    } catch (IllegalArgumentException e) {
      problems.add("Option 'url' is not a URI template (RFC 6570): %s", e.getMessage());
    } catch (URISyntaxException e) {
      problems.add("Option 'url' is not an address: %s.", e.getMessage());
    }
    return null;
  }

  private static Map<String, TextTemplate> parseHeaders(
      @Nullable String json, Map<String, String> headerOptions, ConfigProblems problems) {
    Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (json != null) {
      try {
        texts.putAll(new JsonMapper().readValue(json, new TypeReference<Map<String, String>>() {}));
      } catch (JsonProcessingException | NullPointerException e) {
        problems.add(
            "Option 'headers' must be a JSON object of texts such as {\"Accept\":"
                + " \"application/json\"}, but was not.");
      }
    }
    texts.putAll(headerOptions);
    Map<String, TextTemplate> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    texts.forEach(
        (name, value) -> {
          if (!isToken(name)) {
            problems.add(
                "A header's name must be letters, digits and !#$%%&'*+-.^_`|~, but was '%s'.",
                printable(name));
          } else if (SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            problems.add("The header '%s' is set by the client and cannot be an option.", name);
          } else if (value == null
              || value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            problems.add("The header '%s' must be text without control characters.", name);
          } else {
            try {
              headers.put(name, TextTemplate.parse(value));
            } catch (IllegalArgumentException e) {
              problems.add("The header '%s' is not a template: %s", name, e.getMessage());
            }
          }
        });
    return headers;
  }

  private static @Nullable BodyTemplate parseBody(
      @Nullable String text, Map<String, TextTemplate> headers, ConfigProblems problems) {
    if (text == null) {
      return null;
    }
    try {
      TextTemplate contentType = headers.get("Content-Type");
      BodyTemplate.Form form =
          BodyTemplate.Form.of(contentType == null ? null : contentType.toString(), text);
      BodyTemplate body = BodyTemplate.parse(text, form);
      if (contentType == null && form == BodyTemplate.Form.JSON) {
        headers.put("Content-Type", TextTemplate.parse("application/json"));
      }
      return body;
    } catch (IllegalArgumentException e) {
      problems.add("Option 'body' is not a template: %s", e.getMessage());
      return null;
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
