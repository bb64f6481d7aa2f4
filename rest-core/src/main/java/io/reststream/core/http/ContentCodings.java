package io.reststream.core.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The codings that a body was sent in (RFC 9110, section 8.4), in the order of their making. */
record ContentCodings(List<String> names) {
  /** The codings that can be undone, as the value of Accept-Encoding. */
  static final String ACCEPTED = "gzip, deflate";

  private static final int MOST = 3;

  static ContentCodings of(List<String> headers) throws IOException {
    List<String> names = new ArrayList<>();
    for (String header : headers) {
      for (String coding : header.split(",")) {
        String name = coding.trim().toLowerCase(Locale.ROOT);
        switch (name) {
          case "gzip", "x-gzip", "deflate" -> names.add(name);
          case "identity", "" -> {}
          default ->
              throw new IOException(
                  "the body has the Content-Encoding '%s', but only %s can be read"
                      .formatted(coding.trim(), ACCEPTED));
        }
      }
    }
    if (names.size() > MOST) {
      throw new IOException(
          "the body has %d Content-Encodings, but at most %d can be read"
              .formatted(names.size(), MOST));
    }
    return new ContentCodings(names);
  }

  /** Undoes them all, without ever holding more than a limit of what comes out. */
  byte[] decode(LimitedBytes body, LimitedBytes decoded) throws IOException {
    if (names.isEmpty() || body.size() == 0) {
      return body.toArray();
    }
    InputStream bytes = body.toStream();
    try {
      for (int i = names.size() - 1; i >= 0; i--) {
        bytes = names.get(i).equals("deflate") ? inflating(bytes) : new GZIPInputStream(bytes);
      }
      bytes.transferTo(decoded);
      return decoded.toArray();
    } catch (PermanentException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("the body is not the %s that it says to be".formatted(shown()), e);
    } finally {
      bytes.close();
    }
  }

  String shown() {
    return String.join(", ", names);
  }

  private static InputStream inflating(InputStream deflated) throws IOException {
    InputStream bytes = new BufferedInputStream(deflated);
    Inflater inflater = new Inflater(!isZlib(bytes));
    return new InflaterInputStream(bytes, inflater) {
      @Override
      public void close() throws IOException {
        super.close();
        inflater.end();
      }
    };
  }

  /** Whether the header of RFC 1950 is there, which some servers leave out of a "deflate". */
  private static boolean isZlib(InputStream bytes) throws IOException {
    bytes.mark(2);
    byte[] head = bytes.readNBytes(2);
    bytes.reset();
    return head.length == 2
        && (head[0] & 0x0F) == 8
        && ((head[0] & 0xFF) * 256 + (head[1] & 0xFF)) % 31 == 0;
  }
}
