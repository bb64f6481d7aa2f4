package io.reststream.core.http;

import static okhttp3.Protocol.HTTP_1_1;
import static okhttp3.Protocol.HTTP_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpVersionTest {
  @TempDir private Path directory;

  private JdkTransport transport(HttpVersion version) {
    return new JdkTransport(Sending.secured(Certificates.trusting(directory), version));
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, true, HTTP/2",
    "AUTO, false, HTTP/1.1",
    "ONE, true, HTTP/1.1",
    "TWO, true, HTTP/2",
  })
  void versionIsAgreedOnByTls(HttpVersion version, boolean serverHasTwo, String spoken)
      throws Exception {
    Protocol[] protocols =
        serverHasTwo ? new Protocol[] {HTTP_2, HTTP_1_1} : new Protocol[] {HTTP_1_1};
    try (MockWebServer server = Certificates.server(Certificates.SERVER, protocols);
        JdkTransport transport = transport(version)) {
      server.enqueue(new MockResponse.Builder().body("[1]").build());
      assertThat(Sending.text(transport, Certificates.url(server, "/x"))).isEqualTo("[1]");
      assertThat(server.takeRequest().getVersion()).isEqualTo(spoken);
    }
  }

  @Test
  void twoIsInsistedOn() throws Exception {
    try (MockWebServer server = Certificates.server(Certificates.SERVER, HTTP_1_1);
        JdkTransport transport = transport(HttpVersion.TWO)) {
      server.enqueue(new MockResponse.Builder().body("[1]").build());
      assertThat(Sending.failure(transport, Certificates.url(server, "/x")))
          .isInstanceOf(PermanentException.class)
          .hasMessage(
              "the server speaks HTTP/1.1, but option 'httpVersion' is '2'; 'auto' takes what it"
                  + " speaks");
    }
  }

  @Test
  void withoutTlsItIsHttp1AndNoUpgradeIsAskedFor() throws Exception {
    try (FakeApi api = FakeApi.start();
        JdkTransport transport = transport(HttpVersion.AUTO)) {
      api.serve("/x", request -> Answer.json("[1]"));
      Sending.text(transport, api.url("/x"));
      assertThat(api.requests().get(0).header("Upgrade")).isNull();
    }
  }

  @Test
  void manyRequestsShareOneConnectionOfHttp2() throws Exception {
    try (MockWebServer server = Certificates.server(Certificates.SERVER, HTTP_2, HTTP_1_1);
        JdkTransport transport = transport(HttpVersion.AUTO)) {
      for (int i = 0; i <= 20; i++) {
        server.enqueue(new MockResponse.Builder().body("[" + "1,".repeat(50_000) + "1]").build());
      }
      assertThat(Sending.text(transport, Certificates.url(server, "/x"))).hasSize(100_003);
      List<CompletableFuture<RestResponse>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(transport.send(Sending.get(Certificates.url(server, "/" + i))));
      }
      for (CompletableFuture<RestResponse> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).body()).hasSize(100_003);
      }
      for (int i = 0; i <= 20; i++) {
        assertThat(server.takeRequest().getConnectionIndex()).isZero();
      }
    }
  }

  @Test
  void limitHoldsForHttp2AndTheConnectionGoesOn() throws Exception {
    TransportSettings limited =
        new TransportSettings(
            Sending.LONG,
            HttpVersion.TWO,
            100_000,
            null,
            Certificates.trusting(directory),
            OriginRule.NONE);
    try (MockWebServer server = Certificates.server(Certificates.SERVER, HTTP_2, HTTP_1_1);
        JdkTransport transport = new JdkTransport(limited)) {
      Buffer large = new Buffer().writeUtf8("x".repeat(10_000_000));
      server.enqueue(new MockResponse.Builder().body(large).removeHeader("Content-Length").build());
      server.enqueue(new MockResponse.Builder().body("[1]").build());
      assertThat(Sending.failure(transport, Certificates.url(server, "/x")))
          .isInstanceOf(PermanentException.class)
          .hasMessage(
              "the body is larger than the 100000 bytes that option 'maxResponseBytes' allows");
      assertThat(Sending.text(transport, Certificates.url(server, "/y"))).isEqualTo("[1]");
    }
  }
}
