package io.reststream.core.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Undoes the codings that a body was sent in (RFC 9110, section 8.4). */
final class ContentCodings {
  /** The codings that can be undone, as the value of Accept-Encoding. */
  static final String ACCEPTED = "gzip, deflate";

  private ContentCodings() {}

  static byte[] decode(List<String> headers, byte[] body) throws IOException {
    List<String> codings = new ArrayList<>();
    for (String header : headers) {
      for (String coding : header.split(",")) {
        codings.add(coding.trim().toLowerCase(Locale.ROOT));
      }
    }
    Collections.reverse(codings);
    byte[] decoded = body;
    for (String coding : codings) {
      decoded = decoded.length == 0 ? decoded : decode(coding, decoded);
    }
    return decoded;
  }

  private static byte[] decode(String coding, byte[] body) throws IOException {
    try (InputStream bytes = stream(coding, body)) {
      return bytes.readAllBytes();
    } catch (UnknownCoding e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("the body is not the %s that it says to be".formatted(coding), e);
    }
  }

  private static InputStream stream(String coding, byte[] body) throws IOException {
    InputStream bytes = new ByteArrayInputStream(body);
    return switch (coding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(bytes);
      case "deflate" -> new InflaterInputStream(bytes, new Inflater(!isZlib(body)));
      case "identity", "" -> bytes;
      default -> throw new UnknownCoding(coding);
    };
  }

  /** Whether the header of RFC 1950 is there, which some servers leave out of a "deflate". */
  private static boolean isZlib(byte[] body) {
    return body.length >= 2
        && (body[0] & 0x0F) == 8
        && ((body[0] & 0xFF) * 256 + (body[1] & 0xFF)) % 31 == 0;
  }

  private static final class UnknownCoding extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownCoding(String coding) {
      super(
          "the body has the Content-Encoding '%s', but only %s can be read"
              .formatted(coding, ACCEPTED));
    }
  }
}
