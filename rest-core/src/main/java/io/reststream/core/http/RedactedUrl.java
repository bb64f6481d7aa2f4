package io.reststream.core.http;

import java.util.regex.Pattern;

/** An address as it may be shown: without its user, and without values that may be secret. */
public final class RedactedUrl {
  private static final Pattern USER = Pattern.compile("://[^/?#]*@");
  private static final Pattern SECRET =
      Pattern.compile(
          "([?&;#][^=&;#]*(?:key|token|secret|passw|pwd|auth|sig|credential|session|jwt|code)[^=&;#]*=)[^&;#]*",
          Pattern.CASE_INSENSITIVE);

  private RedactedUrl() {}

  /** The address with {@code ****} for what may be secret. */
  public static String of(String url) {
    return SECRET.matcher(USER.matcher(url).replaceFirst("://****@")).replaceAll("$1****");
  }
}
