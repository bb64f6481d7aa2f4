package io.reststream.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for texts with secrets among them where only their being equal matters: what shows it
 * tells nothing of them, and another process has another one.
 */
public final class KeyedHash {
  private static final SecretKeySpec KEY = key();

  private KeyedHash() {}

  /** The hash of a text, in hexadecimal digits. */
  public static String of(String text) {
    try {
      Mac mac = Mac.getInstance(KEY.getAlgorithm());
      mac.init(KEY);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + KEY.getAlgorithm(), e);
    }
  }

  /** The hash of several texts in their order. */
  public static String of(Collection<String> texts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(text -> all.append(text.length()).append(':').append(text));
    return of(all.toString());
  }

  private static SecretKeySpec key() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return new SecretKeySpec(bytes, "HmacSHA256");
  }
}
