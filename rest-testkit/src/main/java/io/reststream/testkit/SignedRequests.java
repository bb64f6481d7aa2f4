package io.reststream.testkit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets pass what OAuth 1.0 (RFC 5849) signed, once for each nonce: written for itself, so that a
 * mistake of the client is not repeated here.
 *
 * @param base the address of the API
 * @param consumerSecret what the client signs with
 * @param tokenSecret what it signs with besides
 * @param algorithm such as {@code HmacSHA1}
 * @param nonces those that have come
 */
record SignedRequests(
    String base, String consumerSecret, String tokenSecret, String algorithm, Set<String> nonces) {
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  static SignedRequests of(FakeApi api, String consumerSecret, String tokenSecret, String mac) {
    return new SignedRequests(
        api.url(), consumerSecret, tokenSecret, mac, ConcurrentHashMap.newKeySet());
  }

  Responder guard(Responder inner) {
    return request ->
        isSigned(request)
            ? inner.answer(request)
            : Answer.json("{\"error\":\"signature_invalid\"}").withStatus(401);
  }

  private boolean isSigned(Request request) {
    String header = String.valueOf(request.header("Authorization"));
    Map<String, String> protocol = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(header);
    while (matcher.find()) {
      protocol.put(matcher.group(1), decoded(matcher.group(2)));
    }
    String signature = protocol.remove("oauth_signature");
    protocol.remove("realm");
    List<String> pairs = new ArrayList<>();
    protocol.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
    String query = request.query();
    for (String pair : (query == null ? "" : query).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.add(
            encoded(decoded(pair.substring(0, equals)))
                + "="
                + encoded(decoded(pair.substring(equals + 1))));
      }
    }
    Collections.sort(pairs);
    String text =
        request.method()
            + "&"
            + encoded(base + request.path())
            + "&"
            + encoded(String.join("&", pairs));
    return header.startsWith("OAuth ")
        && sign(text).equals(signature)
        && nonces.add(String.valueOf(protocol.get("oauth_nonce")));
  }

  private String sign(String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      String key = encoded(consumerSecret) + "&" + encoded(tokenSecret);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
