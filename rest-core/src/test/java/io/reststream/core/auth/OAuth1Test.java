package io.reststream.core.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.http.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the examples of RFC 5849, one of them as corrected by erratum 2550. */
class OAuth1Test {
  private static RestRequest request(String method, String url, String form) {
    return new RestRequest(
        method,
        URI.create(url),
        form == null ? Map.of() : Map.of("content-type", "application/x-www-form-urlencoded"),
        form == null ? null : form.getBytes(UTF_8),
        Duration.ZERO);
  }

  private static Map<String, String> protocol(String... namesAndValues) {
    Map<String, String> protocol = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      protocol.put("oauth_" + namesAndValues[i], namesAndValues[i + 1]);
    }
    return protocol;
  }

  private static OAuth1 photos(String tokenSecret) {
    return new OAuth1(
        () -> "dpf43f3p2l4k3l03",
        () -> "kd94hf93k423kf44",
        () -> "unused",
        () -> tokenSecret,
        OAuth1.Method.HMAC_SHA1,
        "Photos",
        () -> "unused");
  }

  @Test
  void baseStringOfSection341() {
    RestRequest request =
        request(
            "post", "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", "c2&a3=2+q");
    String base =
        SignatureBase.of(
            request,
            protocol(
                "consumer_key", "9djdj82h48djs9d2",
                "token", "kkk9d7dh3k39sjv7",
                "signature_method", "HMAC-SHA1",
                "timestamp", "137131201",
                "nonce", "7d8f3e4a"));
    assertThat(base)
        .isEqualTo(
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q"
                + "%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_"
                + "key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_m"
                + "ethod%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk"
                + "9d7dh3k39sjv7");
    assertThat(OAuth1.Method.HMAC_SHA1.sign(base, "j49sk3j29djd", "dh893hdasih9"))
        .isEqualTo("r6/TJjbCOr97/+UU0NsvSne7s5g=");
  }

  @Test
  void temporaryCredentialsOfSection12() {
    assertThat(
            photos("")
                .header(
                    request("POST", "https://photos.example.net/initiate", null),
                    protocol(
                        "consumer_key", "dpf43f3p2l4k3l03",
                        "signature_method", "HMAC-SHA1",
                        "timestamp", "137131200",
                        "nonce", "wIjqoS",
                        "callback", "http://printer.example.com/ready")))
        .isEqualTo(
            "OAuth realm=\"Photos\", oauth_consumer_key=\"dpf43f3p2l4k3l03\","
                + " oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"137131200\","
                + " oauth_nonce=\"wIjqoS\","
                + " oauth_callback=\"http%3A%2F%2Fprinter.example.com%2Fready\","
                + " oauth_signature=\"74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D\"");
  }

  @Test
  void photoOfSection12() {
    assertThat(
            photos("pfkkdhi9sl3r4s00")
                .header(
                    request(
                        "GET",
                        "http://photos.example.net/photos?file=vacation.jpg&size=original",
                        null),
                    protocol(
                        "consumer_key", "dpf43f3p2l4k3l03",
                        "token", "nnch734d00sl2jdk",
                        "signature_method", "HMAC-SHA1",
                        "timestamp", "137131202",
                        "nonce", "chapoH")))
        .endsWith("oauth_signature=\"MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D\"");
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com:443/x, https%3A%2F%2Fexample.com%2Fx",
    "https://example.com:8443/x, https%3A%2F%2Fexample.com%3A8443%2Fx",
    "http://example.com, http%3A%2F%2Fexample.com%2F",
    "http://example.com/r%20v/X?id=1, http%3A%2F%2Fexample.com%2Fr%2520v%2FX",
  })
  void addressesOfSection3412(String url, String address) {
    assertThat(SignatureBase.of(request("GET", url, null), Map.of()))
        .startsWith("GET&" + address + "&");
  }

  @Test
  void bodyOfAnotherTypeIsNotSigned() {
    RestRequest json =
        new RestRequest(
            "POST",
            URI.create("http://h/"),
            Map.of("Content-Type", "application/json"),
            "a=b".getBytes(UTF_8),
            Duration.ZERO);
    assertThat(SignatureBase.of(json, Map.of())).isEqualTo("POST&http%3A%2F%2Fh%2F&");
  }

  @Test
  void noncesDiffer() {
    var nonces = OAuth1.randomNonce();
    assertThat(nonces.get()).hasSize(32).isNotEqualTo(nonces.get());
  }
}
