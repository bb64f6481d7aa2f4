package io.reststream.core.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reststream.core.http.RestRequest;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Requests signed by OAuth 1.0 (RFC 5849). Each is signed on its own: method, address, query, and
 * the body if it is a form.
 *
 * @param consumerKey who asks
 * @param consumerSecret signs
 * @param token on whose behalf; null for nobody in particular
 * @param tokenSecret signs too; null without a token
 * @param method how it is signed
 * @param realm the realm of the header; null for none
 * @param nonce another text each time
 */
public record OAuth1(
    Supplier<String> consumerKey,
    Supplier<String> consumerSecret,
    @Nullable Supplier<String> token,
    @Nullable Supplier<String> tokenSecret,
    Method method,
    @Nullable String realm,
    Supplier<String> nonce)
    implements Authenticator {

  /** How a request is signed. */
  public enum Method {
    HMAC_SHA1("HMAC-SHA1", "HmacSHA1"),
    HMAC_SHA256("HMAC-SHA256", "HmacSHA256");

    private final String text;
    private final String algorithm;

    Method(String text, String algorithm) {
      this.text = text;
      this.algorithm = algorithm;
    }

    /** The signature of a text, in Base64 (RFC 5849, section 3.4.2). */
    String sign(String base, String consumerSecret, String tokenSecret) {
      String key = FormText.encoded(consumerSecret) + "&" + FormText.encoded(tokenSecret);
      try {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), algorithm));
        return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every JDK has " + algorithm, e);
      }
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** With nonces that nobody can guess. */
  public static Supplier<String> randomNonce() {
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    };
  }

  @Override
  public CompletableFuture<RestRequest> authenticate(RestRequest request, Context context) {
    Map<String, String> protocol = new LinkedHashMap<>();
    protocol.put("oauth_consumer_key", consumerKey.get());
    if (token != null) {
      protocol.put("oauth_token", token.get());
    }
    protocol.put("oauth_signature_method", method.toString());
    protocol.put("oauth_timestamp", Long.toString(context.now().getEpochSecond()));
    protocol.put("oauth_nonce", nonce.get());
    protocol.put("oauth_version", "1.0");
    return CompletableFuture.completedFuture(
        request.withHeader("Authorization", header(request, protocol)));
  }

  /** The value of Authorization (section 3.5.1). */
  String header(RestRequest request, Map<String, String> protocol) {
    Map<String, String> all = new LinkedHashMap<>();
    if (realm != null) {
      all.put("realm", realm);
    }
    all.putAll(protocol);
    all.put(
        "oauth_signature",
        method.sign(
            SignatureBase.of(request, protocol),
            consumerSecret.get(),
            tokenSecret == null ? "" : tokenSecret.get()));
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + "=\"" + FormText.encoded(entry.getValue()) + "\"")
        .collect(Collectors.joining(", ", "OAuth ", ""));
  }

  @Override
  public String toString() {
    return "OAuth1 by " + method;
  }
}
