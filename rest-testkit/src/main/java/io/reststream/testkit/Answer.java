package io.reststream.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A response, to the byte.
 *
 * <pre>{@code
 * api.serve("/broken", request -> Answer.html("<h1>Please log in</h1>"));
 * api.serve("/busy", request -> Answer.status(429).header("Retry-After", "1.5"));
 * }</pre>
 */
public final class Answer {

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final @Nullable Feed readToTheEnd;

  private Answer(
      int status, Map<String, String> headers, byte[] body, @Nullable Feed readToTheEnd) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.readToTheEnd = readToTheEnd;
  }

  /** Status 200 with a JSON text. */
  public static Answer json(String text) {
    return status(200).header("Content-Type", "application/json").body(text);
  }

  /** Status 200 with an HTML text, as proxies and login pages send it. */
  public static Answer html(String text) {
    return status(200).header("Content-Type", "text/html; charset=utf-8").body(text);
  }

  /** A status without headers and body. */
  public static Answer status(int status) {
    return new Answer(status, Map.of(), new byte[0], null);
  }

  /** The same answer with another status. */
  public Answer withStatus(int newStatus) {
    return new Answer(newStatus, headers, body, readToTheEnd);
  }

  /** The same answer with one more header. */
  public Answer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body, readToTheEnd);
  }

  /** The same answer with this body, in UTF-8. */
  public Answer body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same answer with exactly these bytes as its body. */
  public Answer body(byte[] bytes) {
    return new Answer(status, headers, bytes.clone(), readToTheEnd);
  }

  /** The same answer with its body compressed and said to be so. */
  public Answer gzip() {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never happens in memory
    }
    return header("Content-Encoding", "gzip").body(compressed.toByteArray());
  }

  /** The same answer, which also tells the reader all that {@code feed} holds for now. */
  Answer readingToTheEnd(Feed feed) {
    return new Answer(status, headers, body, feed);
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The headers, without {@code Content-Length}. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body's bytes; empty if none. */
  public byte[] body() {
    return body.clone();
  }

  byte[] bodyUnshared() {
    return body;
  }

  void delivered() {
    if (readToTheEnd != null) {
      readToTheEnd.countReadToTheEnd();
    }
  }
}
