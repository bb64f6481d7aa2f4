package io.reststream.core.config;

/** How requests show who asks. */
public enum AuthType {
  NONE("None"),
  BASIC("Basic"),
  BEARER("Bearer"),
  API_KEY("ApiKey"),
  OAUTH1("OAuth1"),
  OAUTH2("OAuth2"),
  LOGIN("Login"),
  CUSTOM("Custom");

  private final String text;

  AuthType(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
