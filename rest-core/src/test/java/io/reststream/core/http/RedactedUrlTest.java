package io.reststream.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactedUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://h/x?api_key=hidden&since=5, https://h/x?api_key=****&since=5",
    "https://h/x?a=1&ACCESS-TOKEN=hidden, https://h/x?a=1&ACCESS-TOKEN=****",
    "https://h/x?X-Amz-Signature=hidden#f, https://h/x?X-Amz-Signature=****#f",
    "https://h/x?client_secret=hidden;password=hidden, https://h/x?client_secret=****;password=****",
    "https://h/x;jsessionid=hidden?a=1, https://h/x;jsessionid=****",
    "https://h/x#access_token=hidden, https://h/x#access_token=****",
    "https://me:hidden@h/x, https://****@h/x",
    "https://me:hid@den@h/x, https://****@h/x",
    "https://h/x?mail=a@b.c, https://h/x?mail=a@b.c",
    "https://h/x?q=token, https://h/x?q=token",
    "https://h/x?token, https://h/x?token",
    "https://h/token=5/x?since=1, https://h/token=5/x?since=1",
    "not an address, not an address",
  })
  void valuesThatMayBeSecretAreHidden(String url, String shown) {
    assertThat(RedactedUrl.of(url)).isEqualTo(shown);
  }

  @Test
  void requestIsShownWithoutThem() {
    RestRequest request =
        new RestRequest(
            "POST",
            URI.create("https://h/x?sig=hidden"),
            Map.of("Authorization", "hidden"),
            "hidden".getBytes(UTF_8),
            Duration.ZERO);
    assertThat(request).hasToString("POST https://h/x?sig=****");
  }
}
