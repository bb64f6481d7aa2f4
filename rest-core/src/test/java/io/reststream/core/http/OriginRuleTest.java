package io.reststream.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginRuleTest {

  @ParameterizedTest
  @CsvSource({
    "https://h/a, https://h/b?c",
    "https://h, https://h:443/",
    "http://h, http://h:80/",
    "HTTPS://H/, https://h/",
    "http://[::1]:8080/a, http://[::1]:8080/b",
    "https://me@h/, https://h/",
  })
  void sameSchemeHostAndPortAreOneOrigin(String one, String other) {
    assertThat(OriginRule.isSame(URI.create(one), URI.create(other))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/, https://h/",
    "https://h/, https://h:8443/",
    "https://h/, https://h.evil.example/",
    "https://h/, https://sub.h/",
    "https://h/, https://h@evil.example/",
    "https://h/, https://evil.example/h",
    "http://127.0.0.1:1/, http://localhost:1/",
    "https://h/, /relative",
  })
  void anyDifferenceIsAnotherOrigin(String one, String other) {
    assertThat(OriginRule.isSame(URI.create(one), URI.create(other))).isFalse();
  }

  @Test
  void originIsShownWithItsPort() {
    assertThat(OriginRule.origin(URI.create("HTTPS://API.example.com/x?y")))
        .isEqualTo("https://api.example.com:443");
  }
}
