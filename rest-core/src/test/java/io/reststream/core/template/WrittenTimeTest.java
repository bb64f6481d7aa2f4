package io.reststream.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTimeTest {
  private static final Instant TIME = Instant.parse("2024-05-01T13:04:05.678Z");

  private static String header(String template, Object value) {
    return TextTemplate.parse(template).expand(name -> value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "iso -> 2024-05-01T13:04:05.678Z",
        "ISO -> 2024-05-01T13:04:05.678Z",
        "epochSeconds -> 1714568645",
        "epochMillis -> 1714568645678",
        "rfc1123 -> Wed, 01 May 2024 13:04:05 GMT",
        "yyyy-MM-dd -> 2024-05-01",
        "yyyyMMddHH -> 2024050113",
        "yyyy-MM-dd'T'HH:mm:ssX -> 2024-05-01T13:04:05Z",
        "dd MMM yyyy, HH:mm VV -> 01 May 2024, 13:04 Z",
      })
  void aTimeIsWrittenInUtc(String format, String expected) {
    assertThat(WrittenTime.parse(format).write(TIME)).isEqualTo(expected);
    assertThat(WrittenTime.parse(format)).hasToString(format).isEqualTo(WrittenTime.parse(format));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "epochsecond", "-1", "*", "''", "'yyyy'", "yyyy'", "{", "#"})
  void anUnknownFormatIsRefused(String format) {
    assertThatThrownBy(() -> WrittenTime.parse(format))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not a format of times; allowed are iso, epochSeconds, epochMillis, rfc1123, or"
                + " a pattern of DateTimeFormatter.",
            format);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-01T15:04:05.678+02:00, 2024-05-01T13:04:05.678Z",
    "2024-05-01, 2024-05-01T00:00:00Z",
    "0, 1970-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59Z",
    "1714568645, 2024-05-01T13:04:05Z",
    "1714568645.000216, 2024-05-01T13:04:05.000216Z",
    "1714568645678, 2024-05-01T13:04:05.678Z",
    "1714568645678901, 2024-05-01T13:04:05.678901Z",
    "1714568645678901234, 2024-05-01T13:04:05.678901234Z",
  })
  void aTextIsReadAsIsoOrAsANumberSince1970(String text, String instant) {
    assertThat(header("{t:iso}", text)).isEqualTo(instant);
  }

  @Test
  void aNumberIsReadToo() {
    assertThat(header("{t:epochMillis}", 1714568645L)).isEqualTo("1714568645000");
    assertThat(header("{t:epochMillis}", new BigDecimal("1714568645.1239")))
        .isEqualTo("1714568645123");
    assertThat(header("{t:epochSeconds}", new BigDecimal("-0.5"))).isEqualTo("-1");
  }

  @Test
  void whatIsUndefinedOrEmptyStaysSo() {
    assertThat(header("<{t:iso}>", "")).isEqualTo("<>");
    assertThat(TextTemplate.parse("<{t:iso}>").expand(name -> null)).isEqualTo("<>");
    UriTemplate url = UriTemplate.parse("/a{?t:iso}");
    assertThat(url.expand(name -> null)).isEqualTo("/a");
    assertThat(url.expand(name -> "")).isEqualTo("/a?t=");
  }

  @Test
  void whatIsNoTimeIsRefusedAndNotShown() {
    String message =
        "Placeholder 't' must be a time for the format 'iso': an ISO-8601 text, or a number since"
            + " 1970, but is not.";
    for (Object value : List.of("soon", true, List.of("2024-05-01"), Map.of(), "1e3", " ")) {
      assertThatThrownBy(() -> header("{t:iso}", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
    assertThatThrownBy(() -> UriTemplate.parse("{t:iso}").expand(name -> "soon"))
        .hasMessage(message);
    assertThat(header("{t:epochMillis}", Instant.MAX)).isEqualTo("31556889864403199999");
  }

  @Test
  void aUrlEncodesWhatAFormatWrites() {
    UriTemplate url =
        UriTemplate.parse("https://h/{t:yyyy/MM}/x{?t:iso,u:d MMM','yy,v:3}{&w:epochSeconds}");

    assertThat(url.names()).containsExactly("t", "u", "v", "w");
    assertThat(url.expand(name -> name.equals("v") ? "abcdef" : TIME))
        .isEqualTo(
            "https://h/2024%2F05/x?t=2024-05-01T13%3A04%3A05.678Z&u=1%20May%2C24&v=abc"
                + "&w=1714568645");
    assertThat(url.example()).isEqualTo("https://h/x/x?t=x&u=x&v=x&w=x");
  }

  @Test
  void aJsonBodyHoldsAFormattedTimeAsItsValueOrWithinAString() {
    BodyTemplate body =
        BodyTemplate.parse(
            "{\"a\":{t:epochSeconds},\"b\":{t:iso},\"c\":\"at {t:HH:mm}\",\"d\":{t},\"e\":{none:iso}}",
            BodyTemplate.Form.JSON);

    assertThat(body.names()).containsExactly("t", "none");
    assertThat(body.expand(name -> name.equals("t") ? TIME : null))
        .isEqualTo(
            "{\"a\":1714568645,\"b\":\"2024-05-01T13:04:05.678Z\",\"c\":\"at 13:04\","
                + "\"d\":\"2024-05-01T13:04:05.678Z\",\"e\":null}");
  }

  @Test
  void aFormEncodesIt() {
    assertThat(BodyTemplate.parse("since={t:rfc1123}", BodyTemplate.Form.FORM).expand(name -> TIME))
        .isEqualTo("since=Wed%2C+01+May+2024+13%3A04%3A05+GMT");
  }

  @Test
  void anUnknownFormatInAHeaderOrABodyIsRefusedAtOnce() {
    String message =
        "The placeholder '{t:...}' at index 2 has an unknown format of times; allowed are iso,"
            + " epochSeconds, epochMillis, rfc1123, or a pattern of DateTimeFormatter. A brace that"
            + " is text needs a space behind it.";
    assertThatThrownBy(() -> TextTemplate.parse("a {t:abc}")).hasMessage(message);
    for (BodyTemplate.Form form : List.of(BodyTemplate.Form.TEXT, BodyTemplate.Form.FORM)) {
      assertThatThrownBy(() -> BodyTemplate.parse("a={t:abc}", form)).hasMessage(message);
    }
    assertThatThrownBy(() -> BodyTemplate.parse("[ {t:abc}]", BodyTemplate.Form.JSON))
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{t:3}", "{t: iso}", "{ t:iso }", "{\"t\":1}", "{t:\"iso\"}", "{t:{u}", "{t:iso"})
  void otherBracesOfABodyAreText(String text) {
    assertThat(BodyTemplate.parse(text, BodyTemplate.Form.TEXT).names()).doesNotContain("t");
  }

  @Test
  void templatesWithFormatsAreSerializable() throws Exception {
    UriTemplate url = UriTemplate.parse("/{t:yyyy-MM-dd}");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(url);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      UriTemplate read = (UriTemplate) in.readObject();
      assertThat(read).isEqualTo(url);
      assertThat(read.expand(name -> TIME)).isEqualTo("/2024-05-01");
    }
  }
}
