package io.reststream.core.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reststream.core.http.RestRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The text that a signature is made of (RFC 5849, section 3.4.1). */
final class SignatureBase {
  private static final String FORM = "application/x-www-form-urlencoded";

  private SignatureBase() {}

  /**
   * The text for a request.
   *
   * @param protocol the parameters of the header, without realm and signature
   */
  static String of(RestRequest request, Map<String, String> protocol) {
    return String.join(
        "&",
        request.method().toUpperCase(Locale.ROOT),
        FormText.encoded(address(request.uri())),
        FormText.encoded(parameters(request, protocol)));
  }

  /** Section 3.4.1.2. */
  private static String address(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
    String path = uri.getRawPath();
    return scheme
        + "://"
        + uri.getHost().toLowerCase(Locale.ROOT)
        + (usual ? "" : ":" + uri.getPort())
        + (path.isEmpty() ? "/" : path);
  }

  /** Section 3.4.1.3. */
  private static String parameters(RestRequest request, Map<String, String> protocol) {
    List<Map.Entry<String, String>> all = new ArrayList<>(protocol.entrySet());
    String query = request.uri().getRawQuery();
    if (query != null) {
      all.addAll(FormText.pairs(query));
    }
    byte[] body = request.body();
    if (body != null && isForm(request.headers())) {
      all.addAll(FormText.pairs(new String(body, UTF_8)));
    }
    return all.stream()
        .map(pair -> Map.entry(FormText.encoded(pair.getKey()), FormText.encoded(pair.getValue())))
        .sorted(
            Map.Entry.<String, String>comparingByKey()
                .thenComparing(Map.Entry.comparingByValue(Comparator.naturalOrder())))
        .map(pair -> pair.getKey() + "=" + pair.getValue())
        .collect(Collectors.joining("&"));
  }

  private static boolean isForm(Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
        .anyMatch(header -> header.getValue().split(";", 2)[0].strip().equalsIgnoreCase(FORM));
  }
}
