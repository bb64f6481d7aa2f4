package io.reststream.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies up to their limit, out of their codings and in UTF-8. */
@Timeout(120)
class AnswerBodyTest {
  private static final String TOO_LARGE =
      "the body is larger than the 1000 bytes that option 'maxResponseBytes' allows";

  private final FakeApi api = FakeApi.start();
  private final JdkTransport transport = new JdkTransport(Sending.limited(1_000));

  @AfterEach
  void close() {
    transport.close();
    api.close();
  }

  private void serve(Answer answer) {
    api.serve("/x", request -> answer);
  }

  private String text() throws Exception {
    return Sending.text(transport, api.url("/x"));
  }

  private void assertRefused(String message) {
    assertThat(Sending.failure(transport, api.url("/x")))
        .isInstanceOf(PermanentException.class)
        .hasMessage(message);
  }

  // limits

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1_000})
  void bodyUpToTheLimitIsWhole(int length) throws Exception {
    serve(Answer.json("x".repeat(length)));
    assertThat(text()).isEqualTo("x".repeat(length));
    serve(Answer.json("x".repeat(length)).gzip());
    assertThat(text()).isEqualTo("x".repeat(length));
  }

  @Test
  void largeBodyIsPutTogetherAsItCame() throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; body.length() < 5_000_000; i++) {
      body.append(i).append(',');
    }
    serve(Answer.json(body.toString()));
    try (JdkTransport usual = new JdkTransport(Sending.USUAL)) {
      assertThat(Sending.text(usual, api.url("/x"))).isEqualTo(body.toString());
      serve(Answer.json(body.toString()).gzip());
      assertThat(Sending.text(usual, api.url("/x"))).isEqualTo(body.toString());
    }
  }

  @Test
  void bodyBeyondTheLimitIsRefused() {
    serve(Answer.json("x".repeat(1_001)));
    assertRefused(TOO_LARGE);
  }

  @Test
  void promiseBeyondTheLimitIsRefusedBeforeTheBodyComes() throws Exception {
    try (RawServer server =
        RawServer.start("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n[1]")) {
      assertThat(Sending.failure(transport, server.url("/x")))
          .isInstanceOf(PermanentException.class)
          .hasMessage(TOO_LARGE);
      assertThat(server.closedByClient().await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void promiseOfAGigabyteTakesNoMemory() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1073741824\r\n\r\n[1]";
    RawServer.Reply reply =
        out -> {
          out.write(head.getBytes(UTF_8));
          out.close();
        };
    try (RawServer server = RawServer.start(reply);
        JdkTransport wide = new JdkTransport(Sending.limited(1 << 30))) {
      assertThat(Sending.failure(wide, server.url("/x")))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(PermanentException.class)
          .hasMessageContaining("1073741824");
    }
  }

  @Test
  void bodyWithoutAnEndIsCutOffAtTheLimit() throws Exception {
    RawServer.Reply endless =
        out -> {
          out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
          byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(UTF_8);
          while (true) {
            out.write(chunk);
          }
        };
    try (RawServer server = RawServer.start(endless)) {
      assertThat(Sending.failure(transport, server.url("/x"))).hasMessage(TOO_LARGE);
      assertThat(server.closedByClient().await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static byte[] bomb(int members) throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(member)) {
      out.write(new byte[10 << 20]);
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    for (int i = 0; i < members; i++) {
      bomb.writeBytes(member.toByteArray());
    }
    return bomb.toByteArray();
  }

  @Test
  void whatACompressedBodyBecomesHasTheSameLimit() throws Exception {
    serve(Answer.json("x".repeat(1_001)).gzip());
    assertRefused(
        "the body, its gzip undone, is larger than the 1000 bytes that option 'maxResponseBytes'"
            + " allows");
  }

  @Test
  void bombOfFourGigabytesTakesNoMoreThanTheLimit() throws Exception {
    byte[] bomb = bomb(400);
    int limit = 8 << 20;
    assertThat(bomb.length).isLessThan(limit);
    LimitedBytes body = new LimitedBytes(limit, () -> "too large as it comes");
    body.write(bomb);
    LimitedBytes decoded = new LimitedBytes(limit, () -> "too large decoded");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(catchThrowable(() -> new ContentCodings(List.of("gzip")).decode(body, decoded)))
        .isInstanceOf(PermanentException.class)
        .hasMessage("too large decoded");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(limit + (1 << 20));

    api.serve("/x", request -> Answer.json("").header("Content-Encoding", "gzip").body(bomb));
    try (JdkTransport wide = new JdkTransport(Sending.limited(limit))) {
      assertThat(Sending.failure(wide, api.url("/x")))
          .isInstanceOf(PermanentException.class)
          .hasMessage(
              "the body, its gzip undone, is larger than the 8388608 bytes that option"
                  + " 'maxResponseBytes' allows");
    }
  }

  @Test
  void bodyOfAFailureBeyondTheLimitDoesNotHideItsStatus() throws Exception {
    serve(Answer.status(500).body("x".repeat(1_001)));
    RestResponse response = Sending.answer(transport, Sending.get(api.url("/x")));
    assertThat(response.status()).isEqualTo(500);
    assertThat(new String(response.body(), UTF_8)).isEqualTo("(" + TOO_LARGE + ")");
  }

  @Test
  void manyCodingsAreRefused() {
    serve(Answer.json("[]").header("Content-Encoding", "gzip,".repeat(1_000) + "gzip"));
    assertThat(Sending.failure(transport, api.url("/x")))
        .hasMessage("the body has 1001 Content-Encodings, but at most 3 can be read");
  }

  @Test
  void headersWithoutEndAreAnError() throws Exception {
    RawServer.Reply headers =
        out -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
          for (int i = 0; i < 100_000; i++) {
            out.write(("X-" + i + ": 1\r\n").getBytes(UTF_8));
          }
          out.write("Content-Length: 2\r\n\r\n[]".getBytes(UTF_8));
        };
    try (RawServer server = RawServer.start(headers)) {
      assertThat(Sending.failure(transport, server.url("/x")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("eader");
    }
  }

  // charsets

  @ParameterizedTest
  @CsvSource({
    "UTF-16, application/json; charset=utf-16",
    "UTF-16, application/json",
    "UTF-16, application/json; charset=iso-8859-1",
    "UTF-16BE, application/json;charset=UTF-16BE",
    "UTF-16LE, 'application/json; x=1; Charset = \"utf-16le\"'",
    "UTF-32LE, text/json; charset=utf-32le",
    "ISO-8859-1, text/html; charset=ISO-8859-1",
    "windows-1252, application/json; charset=windows-1252",
    "UTF-8, application/json; charset=utf-8",
    "UTF-8, application/json",
    "UTF-8, application/octet-stream",
    "UTF-8, nonsense",
  })
  void bodyIsBroughtToUtf8(String charset, String contentType) throws Exception {
    byte[] body = "[\"Grüße é\"]".getBytes(Charset.forName(charset));
    serve(Answer.status(200).header("Content-Type", contentType).body(body));
    assertThat(text()).isEqualTo("[\"Grüße é\"]");
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void markSaysWhatTheCharsetIsAndIsNotPartOfTheText(String charset) throws Exception {
    byte[] body = "\uFEFF[\"世界 🚲\"]".getBytes(Charset.forName(charset));
    serve(Answer.json("").body(body));
    assertThat(text()).isEqualTo("[\"世界 🚲\"]");
  }

  @Test
  void compressedTextIsDecompressedFirst() throws Exception {
    byte[] body = "[\"é\"]".getBytes(Charset.forName("ISO-8859-1"));
    serve(Answer.json("").body(body).header("Content-Type", "a/b; charset=latin1").gzip());
    assertThat(text()).isEqualTo("[\"é\"]");
  }

  @Test
  void textHasTheSameLimit() {
    byte[] body = "é".repeat(501).getBytes(Charset.forName("ISO-8859-1"));
    serve(Answer.status(200).header("Content-Type", "a/b; charset=latin1").body(body));
    assertRefused(
        "the body in UTF-8 is larger than the 1000 bytes that option 'maxResponseBytes' allows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-klingon", "!", ""})
  void unknownCharsetIsNamed(String name) {
    serve(Answer.json("[]").header("Content-Type", "a/b; charset=\"" + name + "\""));
    assertThat(Sending.failure(transport, api.url("/x")))
        .hasMessage(
            "the body has the charset '" + name + "' in its Content-Type, which is not known");
  }

  @Test
  void textThatIsNotItsCharsetIsAnError() {
    serve(
        Answer.status(200)
            .header("Content-Type", "a/b; charset=utf-16le")
            .body(new byte[] {'[', 0, 0, (byte) 0xD8}));
    assertThat(Sending.failure(transport, api.url("/x")))
        .hasMessage("the body is not the UTF-16LE that it says to be");
  }
}
