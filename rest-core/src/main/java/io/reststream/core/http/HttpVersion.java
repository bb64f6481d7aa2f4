package io.reststream.core.http;

import java.net.URI;
import java.net.http.HttpClient.Version;

/** Which version of HTTP is spoken. */
public enum HttpVersion {
  /** HTTP/2 over TLS where the server can; without TLS, HTTP/1.1. */
  AUTO("auto"),
  /** HTTP/1.1. */
  ONE("1.1"),
  /** HTTP/2; an answer in another version is an error. */
  TWO("2");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  /** What is offered to the server of this address. */
  Version offered(URI uri) {
    boolean two = this == TWO || (this == AUTO && "https".equalsIgnoreCase(uri.getScheme()));
    return two ? Version.HTTP_2 : Version.HTTP_1_1;
  }

  /**
   * Takes the version that was spoken.
   *
   * @throws PermanentException if it is not the one that was insisted on
   */
  void require(Version spoken) throws PermanentException {
    if (this == TWO && spoken != Version.HTTP_2) {
      throw new PermanentException(
          "the server speaks HTTP/1.1, but option 'httpVersion' is '2'; 'auto' takes what it speaks");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
