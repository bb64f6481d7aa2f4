package io.reststream.core.config;

import io.reststream.core.template.BodyTemplate;
import io.reststream.core.template.TextTemplate;
import io.reststream.core.template.UriTemplate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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
      Map<String, Object> values,
      Map<String, String> headerOptions,
      UnwritableNames unwritable,
      ConfigProblems problems) {
    UriTemplate url =
        UrlOption.parse((String) values.get(RestOptions.URL.key()), unwritable, problems);
    String headersJson = (String) values.get(RestOptions.HEADERS.key());
    Map<String, TextTemplate> headers = HeaderTemplates.parse(headersJson, headerOptions, problems);
    headerOptions.values().forEach(text -> addUnwritten(text, "a header", unwritable, problems));
    addUnwritten(headersJson, "'headers'", unwritable, problems);
    String bodyText = (String) values.get(RestOptions.BODY.key());
    BodyTemplate body = parseBody(bodyText, headers, problems);
    addUnwritten(bodyText, "'body'", unwritable, problems);
    HttpMethod method = (HttpMethod) values.get(RestOptions.METHOD.key());
    return url == null || method == null ? null : new RequestTemplate(method, url, headers, body);
  }

  private static void addUnwritten(
      @Nullable String text, String where, UnwritableNames unwritable, ConfigProblems problems) {
    if (text != null) {
      unwritable.problem(text, where).ifPresent(problems::add);
    }
  }

  private static @Nullable BodyTemplate parseBody(
      @Nullable String text, Map<String, TextTemplate> headers, ConfigProblems problems) {
    if (text == null) {
      return null;
    }
    try {
      TextTemplate contentType = headers.get("Content-Type");
      BodyTemplate.Form form =
          BodyTemplate.Form.of(contentType == null ? null : contentType.expand(name -> ""), text);
      BodyTemplate body = BodyTemplate.parse(text, form);
      if (contentType == null && form == BodyTemplate.Form.JSON) {
        headers.put("Content-Type", TextTemplate.parse("application/json"));
      }
      return body;
    } catch (IllegalArgumentException e) {
      problems.add("Option 'body' cannot be used: %s", e.getMessage());
      return null;
    }
  }
}
