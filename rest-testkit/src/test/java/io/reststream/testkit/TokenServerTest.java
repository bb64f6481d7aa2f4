package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TokenServerTest {
  private static final String CLIENT = "client_id=a%20b&client_secret=c";

  private final FakeApi api = FakeApi.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    api.close();
  }

  private String ask(String form) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api.url("/token")))
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private int status(String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api.url("/x")))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void tokenIsGoodForSoManyRequestsAndUntilItIsTakenBack() throws Exception {
    TokenServer tokens = TokenServer.at("/token").client("a b", "c").goodFor(1).expiresIn("60");
    tokens.startOn(api);
    api.serve("/x", tokens.guard(request -> Answer.json("[]")));
    assertThat(status("none")).isEqualTo(401);
    assertThat(ask(CLIENT)).contains(tokens.token(), "\"expires_in\":60");
    assertThat(status(tokens.token())).isEqualTo(200);
    assertThat(status(tokens.token())).isEqualTo(401);
    assertThat(ask(CLIENT)).startsWith("200");
    String revoked = tokens.token();
    tokens.revoke();
    assertThat(status(revoked)).isEqualTo(401);
    assertThat(tokens.issued()).isEqualTo(2);
    assertThat(tokens.refused()).isEqualTo(3);
  }

  @Test
  void strangersAndUsedRefreshTokensGetNone() throws Exception {
    TokenServer tokens =
        TokenServer.at("/token").client("a b", "c").refreshToken("first").rotating().startOn(api);
    assertThat(ask("client_id=x&client_secret=c")).startsWith("401 {\"error\":\"invalid_client\"");
    assertThat(ask(CLIENT + "&refresh_token=first")).contains("\"refresh_token\":\"refresh-2\"");
    assertThat(ask(CLIENT + "&refresh_token=first")).startsWith("400 {\"error\":\"invalid_grant\"");
    assertThat(ask(CLIENT + "&refresh_token=refresh-2")).startsWith("200");
    assertThat(tokens.issued()).isEqualTo(2);
  }
}
