package io.reststream.core.template;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What a server does with a part of a url. */
final class PercentDecoding {

  private PercentDecoding() {}

  static String decode(String encoded) {
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
