package io.reststream.core.config;

import io.reststream.core.auth.OAuth1;
import io.reststream.core.auth.OAuth2;
import io.reststream.core.auth.Placement.Place;
import io.reststream.core.json.FieldPath;
import java.util.List;

/** The options about who asks, each declared once; those of {@link RestOptions} go on here. */
public final class CredentialOptions {
  public static final Option<AuthType> AUTH_TYPE =
      Option.of(
          "authType",
          OptionTypes.oneOf(AuthType.class),
          "None",
          "How requests show who asks; nothing is inferred from other options.");
  public static final Option<String> USER_ID =
      Option.of("userId", OptionTypes.text(), "The user (Basic).");
  public static final Option<String> USER_PASSWORD =
      Option.of("userPassword", OptionTypes.text(), "The user's password (Basic).").asSecret();
  public static final Option<String> OAUTH_TOKEN =
      Option.of("oauthToken", OptionTypes.text(), "The token that is sent (Bearer, OAuth1).")
          .asSecret();
  public static final Option<String> API_KEY =
      Option.of("apiKey", OptionTypes.text(), "The key that is sent (ApiKey).").asSecret();
  public static final Option<String> API_KEY_NAME =
      Option.of(
          "apiKeyName",
          OptionTypes.text(),
          "X-API-Key",
          "The header or parameter that holds the key.");
  public static final Option<Place> API_KEY_IN =
      Option.of(
          "apiKeyIn",
          OptionTypes.oneOf(Place.class),
          "header",
          "Where the key stands; a parameter has to be named by apiKeyName.");
  public static final Option<String> OAUTH_CONSUMER_KEY =
      Option.of("oauthConsumerKey", OptionTypes.text(), "Who asks (OAuth1).");
  public static final Option<String> OAUTH_CONSUMER_SECRET =
      Option.of("oauthConsumerSecret", OptionTypes.text(), "What signs requests (OAuth1).")
          .asSecret();
  public static final Option<String> OAUTH_TOKEN_SECRET =
      Option.of("oauthTokenSecret", OptionTypes.text(), "What signs beside it (OAuth1).")
          .asSecret();
  public static final Option<OAuth1.Method> OAUTH_SIGNATURE_METHOD =
      Option.of(
          "oauthSignatureMethod",
          OptionTypes.oneOf(OAuth1.Method.class),
          "HMAC-SHA1",
          "How requests are signed (OAuth1).");
  public static final Option<String> OAUTH_REALM =
      Option.of("oauthRealm", OptionTypes.text(), "The realm of the header (OAuth1).");
  public static final Option<String> OAUTH_TOKEN_URL =
      Option.of("oauthTokenUrl", OptionTypes.text(), "Where tokens are asked for (OAuth2).");
  public static final Option<String> OAUTH_CLIENT_ID =
      Option.of("oauthClientId", OptionTypes.text(), "Who asks for tokens (OAuth2).");
  public static final Option<String> OAUTH_CLIENT_SECRET =
      Option.of("oauthClientSecret", OptionTypes.text(), "The client's secret (OAuth2).")
          .asSecret();
  public static final Option<OAuth2.ClientProof> OAUTH_CLIENT_AUTH =
      Option.of(
          "oauthClientAuth",
          OptionTypes.oneOf(OAuth2.ClientProof.class),
          "basic",
          "Where the token request holds the client's id and secret: the Authorization header or"
              + " the body (OAuth2).");
  public static final Option<String> OAUTH_SCOPE =
      Option.of(
          "oauthScope", OptionTypes.text(), "The scopes to ask for, separated by spaces (OAuth2).");
  public static final Option<String> OAUTH_AUDIENCE =
      Option.of("oauthAudience", OptionTypes.text(), "The audience to ask for (OAuth2).");
  public static final Option<String> OAUTH_REFRESH_TOKEN =
      Option.of(
              "oauthRefreshToken",
              OptionTypes.text(),
              "The first refresh token. Set: tokens are asked for with it, and with those that the"
                  + " server gives instead; not set: with the client's own credentials (OAuth2).")
          .asSecret();
  public static final Option<String> LOGIN_URL =
      Option.of(
          "loginUrl",
          OptionTypes.text(),
          "The address of the request whose JSON answer holds the token (Login).");
  public static final Option<HttpMethod> LOGIN_METHOD =
      Option.of("loginMethod", OptionTypes.oneOf(HttpMethod.class), "POST", "Its method.");
  public static final Option<String> LOGIN_HEADERS =
      Option.of("loginHeaders", OptionTypes.text(), "Its headers as a JSON object.").asSecret();
  public static final Option<String> LOGIN_BODY =
      Option.of("loginBody", OptionTypes.text(), "Its body.").asSecret();
  public static final Option<FieldPath> LOGIN_TOKEN_FIELD =
      Option.of(
          "loginTokenField",
          OptionTypes.path(),
          "token",
          "The field of its answer that holds the token.");
  public static final Option<FieldPath> LOGIN_EXPIRES_FIELD =
      Option.of(
          "loginExpiresField",
          OptionTypes.path(),
          "The field of its answer that says for how many seconds the token is good. Not set: until"
              + " it is refused.");
  public static final Option<String> TOKEN_NAME =
      Option.of(
          "tokenName",
          OptionTypes.text(),
          "Authorization",
          "The header or parameter that holds the token (Bearer, OAuth2, Login).");
  public static final Option<Place> TOKEN_IN =
      Option.of(
          "tokenIn",
          OptionTypes.oneOf(Place.class),
          "header",
          "Where the token stands; a parameter has to be named by tokenName.");
  public static final Option<String> TOKEN_PREFIX =
      Option.of(
          "tokenPrefix",
          OptionTypes.text(),
          "Bearer",
          "What stands before the token in its header, with a space between; empty for nothing.");
  public static final Option<String> AUTH_PARAMETERS =
      Option.of(
              "authParameters",
              OptionTypes.text(),
              "A JSON object: further parameters of the token request (OAuth2), or what the class"
                  + " is given (Custom).")
          .asSecret();
  public static final Option<String> AUTH_CLASS =
      Option.of(
          "authClass",
          OptionTypes.text(),
          "A class that implements io.reststream.core.auth.Authenticator (Custom).");
  public static final Option<String> COOKIE =
      Option.of(
              "cookie",
              OptionTypes.text(),
              "The header Cookie, such as session=abc; it may hold placeholders.")
          .asSecret();

  /** All of them, in the order in which the documentation lists them. */
  static final List<Option<?>> ALL =
      List.of(
          AUTH_TYPE,
          USER_ID,
          USER_PASSWORD,
          OAUTH_TOKEN,
          API_KEY,
          API_KEY_NAME,
          API_KEY_IN,
          OAUTH_CONSUMER_KEY,
          OAUTH_CONSUMER_SECRET,
          OAUTH_TOKEN_SECRET,
          OAUTH_SIGNATURE_METHOD,
          OAUTH_REALM,
          OAUTH_TOKEN_URL,
          OAUTH_CLIENT_ID,
          OAUTH_CLIENT_SECRET,
          OAUTH_CLIENT_AUTH,
          OAUTH_SCOPE,
          OAUTH_AUDIENCE,
          OAUTH_REFRESH_TOKEN,
          LOGIN_URL,
          LOGIN_METHOD,
          LOGIN_HEADERS,
          LOGIN_BODY,
          LOGIN_TOKEN_FIELD,
          LOGIN_EXPIRES_FIELD,
          TOKEN_NAME,
          TOKEN_IN,
          TOKEN_PREFIX,
          AUTH_PARAMETERS,
          AUTH_CLASS,
          COOKIE);

  private CredentialOptions() {}
}
