package io.reststream.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value says something within its place and nothing beyond it. */
class UriTemplateAttacksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../",
        "../../admin",
        "..\\..\\admin",
        "a/b",
        "%2F",
        "%2e%2e%2fadmin",
        "..;/admin",
        "&admin=1",
        "?admin=1",
        "#fragment",
        ";admin=1",
        "a,b=c",
        "@evil.example",
        "://evil.example/",
        "\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1",
        "a b\tc",
        "\0",
        "{y}",
        "'\"><script>",
        "+02:00",
        "\u202E\u2028",
        "...",
        ". .",
      })
  void aValueStaysWithinItsPlace(String value) {
    String url =
        UriTemplate.parse("https://h/a/{x}/b{/x}{.x}{;x}?since={x}&limit=1{&x}")
            .expand(Placeholders.of(Map.of("x", value)));

    URI uri = URI.create(url);
    assertThat(uri.getHost()).isEqualTo("h");
    assertThat(uri.getRawFragment()).isNull();
    assertThat(uri.normalize().getRawPath().split("/", -1)).hasSize(5);
    assertThat(uri.getRawPath().split(";", -1)).hasSize(2);
    assertThat(uri.getRawQuery().split("&", -1)).hasSize(3);
    assertThat(PercentDecoding.decode(uri.getRawPath().split("/", -1)[2])).isEqualTo(value);
    assertThat(uri.getRawQuery())
        .satisfies(
            query ->
                assertThat(PercentDecoding.decode(query.split("&", -1)[0]))
                    .isEqualTo("since=" + value))
        .satisfies(
            query ->
                assertThat(PercentDecoding.decode(query.split("&", -1)[2]))
                    .isEqualTo("x=" + value));
  }

  @Test
  void anOffsetOfAZoneKeepsItsPlus() {
    assertThat(UriTemplate.parse("/a?since={x}").expand(name -> "+02:00"))
        .isEqualTo("/a?since=%2B02%3A00");
  }

  @Test
  void theKeyOfAMapCannotAddAParameter() {
    assertThat(UriTemplate.parse("/a{?x*}").expand(name -> Map.of("a&admin", "1", "b=c#d", "2")))
        .contains("a%26admin=1")
        .contains("b%3Dc%23d=2");
  }

  @Test
  void reservedExpansionStillEncodesLineBreaks() {
    assertThat(UriTemplate.parse("/a{+x}{#x}").expand(name -> "/b\r\nc d"))
        .isEqualTo("/a/b%0D%0Ac%20d#/b%0D%0Ac%20d");
  }

  @ParameterizedTest
  @CsvSource({
    "/a/{x}/b, .., {x}, ..",
    "/a/{x}/b, ., {x}, .",
    "/a/{x}, .., {x}, ..",
    "/a{/x}, .., {/x}, ..",
    "'/a{/y,x}', .., '{/y,x}', ..",
    "/a{/x*}/b, ., {/x*}, .",
    "/a/{x}?q=1, .., {x}, ..",
    "/a/{x}{?q}, .., {x}, ..",
    "/a/{x}#f, .., {x}, ..",
    "/a/{x};v=1/b, .., {x}, ..",
    "/a/{x}{;v}/b, .., {x}, ..",
    "/a/.{x}/b, ., {x}, ..",
    "/a/{x}./b, ., {x}, ..",
    "/a/%2e{x}/b, ., {x}, %2e.",
    "/a/{x}%2E/b, ., {x}, .%2E",
    "/a/{x}{x}/b, ., {x}, ..",
    "/a/{.x}/b, ., {.x}, ..",
    "/a/{+y}{x}/b, ., {x}, .",
    "{x}/b, .., {x}, ..",
    "/a/{x:2}/b, ..., {x:2}, ..",
  })
  void aValueThatWouldMakeADotSegmentIsRefused(
      String template, String value, String expression, String segment) {
    UriTemplate url = UriTemplate.parse(template);

    assertThatThrownBy(() -> url.expand(name -> name.equals("x") ? value : null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The value of '%s' must not make the path segment '%s', which leads to another path.",
            expression, segment);
  }

  @Test
  void aMemberOfAnExplodedListThatWouldMakeADotSegmentIsRefused() {
    UriTemplate url = UriTemplate.parse("/a{/x*}/b");

    assertThatThrownBy(() -> url.expand(name -> Arrays.asList("c", "..", "d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'{/x*}' must not make the path segment '..'");
    assertThat(url.expand(name -> List.of("c", "...", "d"))).isEqualTo("/a/c/.../d/b");
  }

  @ParameterizedTest
  @CsvSource({
    "/a/{x}/b, ..., /a/.../b",
    "/a/v{x}/b, ., /a/v./b",
    "/a/{x}/b, .x, /a/.x/b",
    "/a/f{.x}, ., /a/f..",
    "/a/b?dir={x}, .., /a/b?dir=..",
    "/a/b?dir=/{x}, .., /a/b?dir=/..",
    "/a/b{?x}, .., /a/b?x=..",
    "/a/b#/{x}, .., /a/b#/..",
    "/a/b{;x}, .., /a/b;x=..",
    "/a/{+x}/b, .., /a/../b",
    "/a/{+x}/b, ../.., /a/../../b",
    "/a/../{x}/./b, c, /a/../c/./b",
    "/a/{+x}/{y}, .., /a/../y",
    "/a/{y}{/y}/{+x}, .., /a/y/y/..",
  })
  void dotsAreLetThroughWhereTheyAreHarmlessOrTheAuthorsChoice(
      String template, String value, String expansion) {
    assertThat(UriTemplate.parse(template).expand(name -> name.equals("x") ? value : name))
        .isEqualTo(expansion);
  }

  @Test
  void anUndefinedValueIsNotBlamedForTheAuthorsDots() {
    assertThat(UriTemplate.parse("/a/.{x}/b").expand(name -> null)).isEqualTo("/a/./b");
  }
}
