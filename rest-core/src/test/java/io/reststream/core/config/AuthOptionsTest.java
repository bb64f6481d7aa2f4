package io.reststream.core.config;

import static io.reststream.core.config.Options.problem;
import static io.reststream.core.config.Options.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.RestConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthOptionsTest {

  @Test
  void aTokenAndOAuth2AreAContradiction() {
    assertThat(
            problem(
                "authType", "OAuth2",
                "oauthToken", "SECRET",
                "oauthTokenUrl", "https://auth.example.com/token",
                "oauthClientId", "me",
                "oauthClientSecret", "SECRET"))
        .isEqualTo(
            "Option 'oauthToken' has no meaning with 'authType'='OAuth2': it belongs to 'Bearer' or"
                + " 'OAuth1'.");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(problems("authType", "Basic", "apiKey", "SECRET", "oauthTokenUrl", "ftp://x"))
        .containsExactly(
            "Option 'apiKey' has no meaning with 'authType'='Basic': it belongs to 'ApiKey'.",
            "Option 'oauthTokenUrl' has no meaning with 'authType'='Basic': it belongs to"
                + " 'OAuth2'.",
            "'authType'='Basic' needs 'userId', which is not set.",
            "'authType'='Basic' needs 'userPassword', which is not set.");
  }

  @Test
  void nothingIsInferred() {
    assertThat(problem("oauthToken", "SECRET"))
        .isEqualTo(
            "Option 'oauthToken' has no meaning with 'authType'='None': it belongs to 'Bearer' or"
                + " 'OAuth1'.");
    assertThat(problem("authType", "Digest"))
        .isEqualTo(
            "Option 'authType' must be one of 'None', 'Basic', 'Bearer', 'ApiKey', 'OAuth1',"
                + " 'OAuth2', 'Login', 'Custom', but was 'Digest'.");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer, oauthToken",
    "ApiKey, apiKey",
    "Login, loginUrl",
    "Custom, authClass",
  })
  void whatIsMissingIsNamed(String type, String option) {
    assertThat(problem("authType", type))
        .isEqualTo("'authType'='%s' needs '%s', which is not set.".formatted(type, option));
  }

  @Test
  void halvesNeedEachOther() {
    assertThat(
            problem(
                "authType", "OAuth1",
                "oauthConsumerKey", "k",
                "oauthConsumerSecret", "SECRET",
                "oauthToken", "t"))
        .isEqualTo("Option 'oauthToken' needs 'oauthTokenSecret', which is not set.");
    assertThat(
            problem(
                "authType", "OAuth2",
                "oauthTokenUrl", "https://auth.example.com/token",
                "oauthClientId", "me"))
        .isEqualTo("Option 'oauthClientId' needs 'oauthClientSecret', which is not set.");
  }

  @Test
  void headerAndParameterAreGivenOnce() {
    assertThat(
            problem(
                "authType", "Basic",
                "userId", "me",
                "userPassword", "SECRET",
                "header.authorization", "SECRET"))
        .isEqualTo(
            "The header 'Authorization' is given twice: by an option of its own, and by"
                + " 'authType'='Basic'.");
    assertThat(
            problem(
                "authType", "ApiKey",
                "apiKey", "SECRET",
                "apiKeyIn", "query",
                "apiKeyName", "key",
                "url", Options.URL + "&key=1"))
        .isEqualTo("The parameter 'key' is given twice: in 'url', and by 'authType'='ApiKey'.");
    assertThat(problem("cookie", "a=SECRET", "header.cookie", "b=SECRET"))
        .isEqualTo("The header 'Cookie' is given twice: by an option of its own, and by 'cookie'.");
  }

  @Test
  void namesAndAddressesAreChecked() {
    assertThat(problem("authType", "ApiKey", "apiKey", "SECRET", "apiKeyName", "X: y\n"))
        .isEqualTo("Option 'apiKeyName' must be the name of a header, but was 'X: y?'.");
    assertThat(problem("authType", "ApiKey", "apiKey", "SECRET", "apiKeyIn", "query"))
        .isEqualTo("'apiKeyIn'='query' needs 'apiKeyName', the name of the parameter.");
    assertThat(problem("authType", "Login", "loginUrl", "https://me:SECRET@example.com/login"))
        .isEqualTo(
            "Option 'loginUrl' must be an address such as 'https://auth.example.com/token', without"
                + " a user and without placeholders, but was 'https://****@example.com/login'.");
    assertThat(problem("authType", "Basic", "userId", "a:b", "userPassword", "SECRET"))
        .isEqualTo("Option 'userId' must not hold a colon, but was 'a:b'.");
    assertThat(problem("authType", "Login", "loginUrl", "https://h/x", "loginBody", "{\"a\":{b}}"))
        .isEqualTo(
            "Nothing fills the placeholder '{b}' of the login request: every input has the same"
                + " login.");
    assertThat(problem("authType", "Custom", "authClass", "x.Y", "authParameters", "[\"SECRET\"]"))
        .isEqualTo(
            "Option 'authParameters' must be a JSON object of texts such as {\"resource\": \"x\"},"
                + " each name once, but was not.");
  }

  @Test
  void referencesAreCheckedButNotRead() throws Exception {
    assertThat(problem("header.X-Key", "${env:SECRET"))
        .isEqualTo(
            "The header 'X-Key' cannot be used: a reference to a secret must be ${env:NAME} or"
                + " ${file:path}; for the text itself, write $${env:.");
    assertThat(problem("url", Options.URL + "&key=${env:KEY}"))
        .startsWith("Option 'url' must not hold a reference to a secret;");
    RestConfig config =
        Options.stream(
            "authType", "Bearer",
            "oauthToken", "${env:NOT_SET}",
            "header.X-Key", "${file:/not/there}",
            "body", "{\"a\":\"${env:NOT_SET}\",\"b\":\"$${env:X}\"}");
    assertThat(config.options()).containsEntry("oauthToken", "${env:NOT_SET}");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(config);
    }
    assertThat(new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1))
        .contains("${env:NOT_SET}");
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((RestConfig) in.readObject()).options()).isEqualTo(config.options());
    }
  }
}
