package io.reststream.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reststream.core.auth.Login;
import io.reststream.core.auth.TokenFields;
import io.reststream.core.json.FieldPath;
import io.reststream.core.template.BodyTemplate;
import io.reststream.core.template.Placeholders;
import io.reststream.core.template.TextTemplate;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the options of a login request. */
final class LoginOptions {
  private LoginOptions() {}

  /**
   * Reads them.
   *
   * @param url the address; null if it cannot be read
   * @return null if a value cannot be read
   */
  static @Nullable Login parse(
      Map<String, Object> values, @Nullable URI url, Secrets secrets, ConfigProblems problems) {
    HttpMethod method = (HttpMethod) values.get(CredentialOptions.LOGIN_METHOD.key());
    FieldPath token = (FieldPath) values.get(CredentialOptions.LOGIN_TOKEN_FIELD.key());
    FieldPath expires = (FieldPath) values.get(CredentialOptions.LOGIN_EXPIRES_FIELD.key());
    Map<String, TextTemplate> headers =
        HeaderTemplates.parse(
            CredentialOptions.LOGIN_HEADERS,
            (String) values.get(CredentialOptions.LOGIN_HEADERS.key()),
            Map.of(),
            secrets,
            problems);
    BodyTemplate body =
        RequestTemplate.parseBody(
            CredentialOptions.LOGIN_BODY,
            (String) values.get(CredentialOptions.LOGIN_BODY.key()),
            headers,
            secrets,
            problems);
    secrets.addValues((String) values.get(CredentialOptions.LOGIN_BODY.key()));
    secrets.addValues((String) values.get(CredentialOptions.LOGIN_HEADERS.key()));
    Set<String> names = new LinkedHashSet<>();
    headers.values().forEach(header -> names.addAll(header.names()));
    if (body != null) {
      names.addAll(body.names());
    }
    names.stream()
        .filter(name -> !Secrets.isSlot(name))
        .forEach(
            name ->
                problems.add(
                    "Nothing fills the placeholder '{%s}' of the login request: every input has the"
                        + " same login.",
                    name));
    if (method == null || token == null || url == null) {
      return null;
    }
    Placeholders filled = filled(secrets);
    return new Login(
        method.name(),
        url,
        () -> expanded(headers, filled),
        body == null ? null : () -> body.expand(filled).getBytes(UTF_8),
        new TokenFields(token, expires));
  }

  private static Map<String, String> expanded(
      Map<String, TextTemplate> headers, Placeholders filled) {
    Map<String, String> expanded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> expanded.put(name, value.expand(filled)));
    return expanded;
  }

  private static Placeholders filled(Secrets secrets) {
    Map<String, Supplier<String>> slots = Map.copyOf(secrets.slots());
    return name -> {
      Supplier<String> secret = slots.get(name);
      return secret == null ? null : secret.get();
    };
  }
}
