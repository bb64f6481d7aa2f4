package io.reststream.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reststream.core.auth.Placement;
import io.reststream.core.auth.Placement.Place;
import io.reststream.core.http.RedactedUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what is missing from the options about who asks, and what contradicts them. */
final class AuthChecks {
  /** The options that belong to schemes, with the schemes. */
  static final Map<Option<?>, List<AuthType>> OF_SCHEMES = new LinkedHashMap<>();

  private static final Map<AuthType, List<Option<?>>> NEEDED =
      Map.of(
          AuthType.BASIC, List.of(CredentialOptions.USER_ID, CredentialOptions.USER_PASSWORD),
          AuthType.BEARER, List.of(CredentialOptions.OAUTH_TOKEN),
          AuthType.API_KEY, List.of(CredentialOptions.API_KEY),
          AuthType.OAUTH1,
              List.of(
                  CredentialOptions.OAUTH_CONSUMER_KEY, CredentialOptions.OAUTH_CONSUMER_SECRET),
          AuthType.OAUTH2,
              List.of(CredentialOptions.OAUTH_TOKEN_URL, CredentialOptions.OAUTH_CLIENT_ID),
          AuthType.LOGIN, List.of(CredentialOptions.LOGIN_URL),
          AuthType.CUSTOM, List.of(CredentialOptions.AUTH_CLASS));

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static {
    belong(List.of(AuthType.BASIC), CredentialOptions.USER_ID, CredentialOptions.USER_PASSWORD);
    belong(List.of(AuthType.BEARER, AuthType.OAUTH1), CredentialOptions.OAUTH_TOKEN);
    belong(
        List.of(AuthType.API_KEY),
        CredentialOptions.API_KEY,
        CredentialOptions.API_KEY_NAME,
        CredentialOptions.API_KEY_IN);
    belong(
        List.of(AuthType.OAUTH1),
        CredentialOptions.OAUTH_CONSUMER_KEY,
        CredentialOptions.OAUTH_CONSUMER_SECRET,
        CredentialOptions.OAUTH_TOKEN_SECRET,
        CredentialOptions.OAUTH_SIGNATURE_METHOD,
        CredentialOptions.OAUTH_REALM);
    belong(
        List.of(AuthType.OAUTH2),
        CredentialOptions.OAUTH_TOKEN_URL,
        CredentialOptions.OAUTH_CLIENT_ID,
        CredentialOptions.OAUTH_CLIENT_SECRET,
        CredentialOptions.OAUTH_CLIENT_AUTH,
        CredentialOptions.OAUTH_SCOPE,
        CredentialOptions.OAUTH_AUDIENCE,
        CredentialOptions.OAUTH_REFRESH_TOKEN);
    belong(
        List.of(AuthType.LOGIN),
        CredentialOptions.LOGIN_URL,
        CredentialOptions.LOGIN_METHOD,
        CredentialOptions.LOGIN_HEADERS,
        CredentialOptions.LOGIN_BODY,
        CredentialOptions.LOGIN_TOKEN_FIELD,
        CredentialOptions.LOGIN_EXPIRES_FIELD);
    belong(
        List.of(AuthType.BEARER, AuthType.OAUTH2, AuthType.LOGIN),
        CredentialOptions.TOKEN_NAME,
        CredentialOptions.TOKEN_IN,
        CredentialOptions.TOKEN_PREFIX);
    belong(List.of(AuthType.OAUTH2, AuthType.CUSTOM), CredentialOptions.AUTH_PARAMETERS);
    belong(List.of(AuthType.CUSTOM), CredentialOptions.AUTH_CLASS);
  }

  private final Set<String> given;
  private final Map<String, Object> values;
  private final @Nullable RequestTemplate request;
  private final ConfigProblems problems;

  AuthChecks(
      Set<String> given,
      Map<String, Object> values,
      @Nullable RequestTemplate request,
      ConfigProblems problems) {
    this.given = given;
    this.values = values;
    this.request = request;
    this.problems = problems;
  }

  private static void belong(List<AuthType> types, Option<?>... options) {
    for (Option<?> option : options) {
      OF_SCHEMES.put(option, types);
    }
  }

  void check(AuthType type) {
    OF_SCHEMES.forEach(
        (option, types) -> {
          if (isGiven(option) && !types.contains(type)) {
            problems.add(
                "Option '%s' has no meaning with 'authType'='%s': it belongs to %s.",
                option.key(), type, shown(types));
          }
        });
    for (Option<?> option : NEEDED.getOrDefault(type, List.of())) {
      if (!given.contains(option.key())) {
        problems.add("'authType'='%s' needs '%s', which is not set.", type, option.key());
      }
    }
    if (type == AuthType.OAUTH1 && isGiven(CredentialOptions.OAUTH_TOKEN)) {
      requireBoth(CredentialOptions.OAUTH_TOKEN, CredentialOptions.OAUTH_TOKEN_SECRET);
    } else if (type == AuthType.OAUTH1 && isGiven(CredentialOptions.OAUTH_TOKEN_SECRET)) {
      requireBoth(CredentialOptions.OAUTH_TOKEN_SECRET, CredentialOptions.OAUTH_TOKEN);
    }
    if (type == AuthType.OAUTH2 && !isGiven(CredentialOptions.OAUTH_REFRESH_TOKEN)) {
      requireBoth(CredentialOptions.OAUTH_CLIENT_ID, CredentialOptions.OAUTH_CLIENT_SECRET);
    }
    String user = (String) values.get(CredentialOptions.USER_ID.key());
    if (type == AuthType.BASIC && user != null && user.contains(":") && !user.contains("${")) {
      problems.add("Option 'userId' must not hold a colon, but was '%s'.", user);
    }
    if (type == AuthType.BASIC || type == AuthType.OAUTH1) {
      refuseSecond(type, new Placement(Place.HEADER, "Authorization", ""));
    }
  }

  private static String shown(List<AuthType> types) {
    return types.stream().map(type -> "'" + type + "'").collect(Collectors.joining(" or "));
  }

  private void requireBoth(Option<?> option, Option<?> other) {
    if (isGiven(option) && !isGiven(other)) {
      problems.add("Option '%s' needs '%s', which is not set.", option.key(), other.key());
    }
  }

  /** Where a token goes; null if that cannot be read. */
  @Nullable Placement tokenPlacement(AuthType type) {
    return placement(
        type,
        CredentialOptions.TOKEN_IN,
        CredentialOptions.TOKEN_NAME,
        CredentialOptions.TOKEN_PREFIX);
  }

  /** Where a key goes; null if that cannot be read. */
  @Nullable Placement keyPlacement() {
    return placement(
        AuthType.API_KEY, CredentialOptions.API_KEY_IN, CredentialOptions.API_KEY_NAME, null);
  }

  private @Nullable Placement placement(
      AuthType type, Option<Place> in, Option<String> nameOption, @Nullable Option<String> before) {
    Place place = (Place) values.get(in.key());
    String name = (String) values.get(nameOption.key());
    String prefix = before == null ? "" : (String) values.get(before.key());
    if (place == null || name == null || prefix == null) {
      return null;
    }
    if (place == Place.QUERY) {
      if (!isGiven(nameOption)) {
        problems.add(
            "'%s'='query' needs '%s', the name of the parameter.", in.key(), nameOption.key());
      }
      prefix = before != null && isGiven(before) ? prefix : "";
    }
    boolean writable = place == Place.QUERY ? !name.isBlank() : HeaderTemplates.isToken(name);
    if (!writable) {
      problems.add(
          "Option '%s' must be the name of a %s, but was '%s'.",
          nameOption.key(),
          place == Place.QUERY ? "parameter" : "header",
          name.replaceAll("\\p{Cntrl}", "?"));
      return null;
    }
    Placement placement = new Placement(place, name, prefix.strip());
    refuseSecond(type, placement);
    return placement;
  }

  /** What the scheme sends must not be sent by the request too: a server may take either. */
  private void refuseSecond(AuthType type, Placement placement) {
    String name = placement.name();
    if (request == null) {
      return;
    }
    if (placement.place() == Place.HEADER
        && request.headers().keySet().stream().anyMatch(name::equalsIgnoreCase)) {
      problems.add(
          "The header '%s' is given twice: by an option of its own, and by 'authType'='%s'.",
          name, type);
    }
    String url = (String) values.get(RestOptions.URL.key());
    boolean inUrl =
        url != null && Pattern.compile("[?&]" + Pattern.quote(name) + "=").matcher(url).find();
    if (placement.place() == Place.QUERY && inUrl) {
      problems.add(
          "The parameter '%s' is given twice: in 'url', and by 'authType'='%s'.", name, type);
    }
  }

  /** An address to ask for tokens; null if it is none. */
  @Nullable URI address(Option<String> option) {
    String text = (String) values.get(option.key());
    if (text == null) {
      return null;
    }
    try {
      URI uri = new URI(text.trim());
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getPort() <= UrlOption.HIGHEST_PORT) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    problems.add(
        "Option '%s' must be an address such as 'https://auth.example.com/token', without a user"
            + " and without placeholders, but was '%s'.",
        option.key(), RedactedUrl.of(text));
    return null;
  }

  /** The members of {@code authParameters}. */
  Map<String, String> parameters() {
    String text = (String) values.get(CredentialOptions.AUTH_PARAMETERS.key());
    Map<String, String> parameters = new LinkedHashMap<>();
    if (text == null) {
      return parameters;
    }
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      json = null; // its message would show the text
    }
    boolean object = json != null && json.isObject();
    if (json != null && object) {
      json.fields()
          .forEachRemaining(
              field -> {
                if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                  parameters.put(field.getKey(), field.getValue().asText());
                }
              });
    }
    if (json == null || !object || parameters.size() < json.size()) {
      problems.add(
          "Option 'authParameters' must be a JSON object of texts such as {\"resource\": \"x\"},"
              + " each name once, but was not.");
    }
    return parameters;
  }

  private boolean isGiven(Option<?> option) {
    return given.contains(option.key());
  }
}
