package io.reststream.core.config;

import io.reststream.core.template.BodyTemplate;
import io.reststream.core.template.TextTemplate;
import io.reststream.core.template.UriTemplate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is sent, with placeholders still in it.
 *
 * @param method the HTTP method
 * @param url the address
 * @param headers the headers by name
 * @param body the body; null when there is none
 * @param secrets what fills the placeholders that stand for secrets, by name
 */
public record RequestTemplate(
    HttpMethod method,
    UriTemplate url,
    Map<String, TextTemplate> headers,
    @Nullable BodyTemplate body,
    Map<String, Supplier<String>> secrets) {

  /** The placeholders of all parts, but for those that stand for secrets. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(url.names());
    headers.values().forEach(header -> names.addAll(header.names()));
    if (body != null) {
      names.addAll(body.names());
    }
    names.removeIf(Secrets::isSlot);
    return names;
  }

  static @Nullable RequestTemplate parse(
      Map<String, Object> values,
      Map<String, String> headerOptions,
      UnwritableNames unwritable,
      Secrets secrets,
      ConfigProblems problems) {
    UriTemplate url =
        UrlOption.parse((String) values.get(RestOptions.URL.key()), unwritable, problems);
    String headersJson = (String) values.get(RestOptions.HEADERS.key());
    Map<String, TextTemplate> headers =
        HeaderTemplates.parse(RestOptions.HEADERS, headersJson, headerOptions, secrets, problems);
    addCookie((String) values.get(CredentialOptions.COOKIE.key()), headers, secrets, problems);
    headerOptions.values().forEach(text -> addUnwritten(text, "a header", unwritable, problems));
    addUnwritten(headersJson, "'headers'", unwritable, problems);
    String bodyText = (String) values.get(RestOptions.BODY.key());
    BodyTemplate body = parseBody(RestOptions.BODY, bodyText, headers, secrets, problems);
    addUnwritten(bodyText, "'body'", unwritable, problems);
    HttpMethod method = (HttpMethod) values.get(RestOptions.METHOD.key());
    return url == null || method == null
        ? null
        : new RequestTemplate(method, url, headers, body, Map.copyOf(secrets.slots()));
  }

  private static void addCookie(
      @Nullable String cookie,
      Map<String, TextTemplate> headers,
      Secrets secrets,
      ConfigProblems problems) {
    if (cookie == null) {
      return;
    }
    if (headers.containsKey("Cookie")) {
      problems.add("The header 'Cookie' is given twice: by an option of its own, and by 'cookie'.");
      return;
    }
    try {
      headers.put("Cookie", TextTemplate.parse(secrets.cut("Option 'cookie'", cookie)));
    } catch (IllegalArgumentException e) {
      problems.add("Option 'cookie' cannot be sent: %s", e.getMessage());
    }
  }

  private static void addUnwritten(
      @Nullable String text, String where, UnwritableNames unwritable, ConfigProblems problems) {
    if (text != null) {
      unwritable.problem(text, where).ifPresent(problems::add);
    }
  }

  static @Nullable BodyTemplate parseBody(
      Option<String> option,
      @Nullable String text,
      Map<String, TextTemplate> headers,
      Secrets secrets,
      ConfigProblems problems) {
    if (text == null) {
      return null;
    }
    try {
      TextTemplate contentType = headers.get("Content-Type");
      BodyTemplate.Form form =
          BodyTemplate.Form.of(contentType == null ? null : contentType.expand(name -> ""), text);
      BodyTemplate body =
          BodyTemplate.parse(secrets.cut("Option '%s'".formatted(option.key()), text), form);
      if (contentType == null && form == BodyTemplate.Form.JSON) {
        headers.put("Content-Type", TextTemplate.parse("application/json"));
      }
      return body;
    } catch (IllegalArgumentException e) {
      problems.add("Option '%s' cannot be used: %s", option.key(), e.getMessage());
      return null;
    }
  }
}
