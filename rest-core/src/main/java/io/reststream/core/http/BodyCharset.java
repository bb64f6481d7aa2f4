package io.reststream.core.http;

import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The charset of a body: what its byte order mark says, else what Content-Type says, else UTF-8.
 *
 * @param charset the charset
 * @param mark how many bytes of a mark stand before the text
 */
record BodyCharset(Charset charset, int mark) {
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]*)", Pattern.CASE_INSENSITIVE);
  private static final int SHOWN = 40;

  /**
   * The charset of a body.
   *
   * @param contentType the header; empty for none
   */
  static BodyCharset of(String contentType, byte[] body) throws IOException {
    int first = octet(body, 0) << 8 | octet(body, 1);
    int second = octet(body, 2) << 8 | octet(body, 3);
    if (first == 0xFFFE && second == 0 && body.length >= 4) {
      return new BodyCharset(Charset.forName("UTF-32LE"), 4);
    }
    if (first == 0 && second == 0xFEFF) {
      return new BodyCharset(Charset.forName("UTF-32BE"), 4);
    }
    if (first == 0xFEFF || first == 0xFFFE) {
      return new BodyCharset(
          first == 0xFEFF ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE, 2);
    }
    // The scanner passes over the mark of UTF-8 itself.
    boolean utf8 = first == 0xEFBB && octet(body, 2) == 0xBF;
    Matcher parameter = PARAMETER.matcher(contentType);
    return utf8 || !parameter.find()
        ? new BodyCharset(StandardCharsets.UTF_8, 0)
        : new BodyCharset(named(parameter.group(1)), 0);
  }

  private static int octet(byte[] body, int index) {
    return index < body.length ? body[index] & 0xFF : 0;
  }

  private static Charset named(String name) throws IOException {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the body has the charset '%s' in its Content-Type, which is not known"
              .formatted(name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "..."),
          e);
    }
  }

  /** The body in UTF-8, without ever holding more than a limit of it. */
  byte[] toUtf8(byte[] body, LimitedBytes text) throws IOException {
    if (charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)) {
      return body;
    }
    InputStream bytes = new ByteArrayInputStream(body, mark, body.length - mark);
    try (Reader reader =
            new InputStreamReader(
                bytes,
                charset
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT));
        Writer writer = new OutputStreamWriter(text, StandardCharsets.UTF_8)) {
      reader.transferTo(writer);
    } catch (CharacterCodingException | CharConversionException e) {
      throw new IOException("the body is not the %s that it says to be".formatted(charset), e);
    }
    return text.toArray();
  }
}
