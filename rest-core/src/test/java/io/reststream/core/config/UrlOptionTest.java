package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlOptionTest {
  private static final String INPUT = "[{\"x\":\"1\",\"y\":\"2\"}]";

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void urlIsNeeded(String url) {
    assertThat(Options.problem("url", url))
        .isEqualTo(
            "Option 'url' is missing: the address to ask, such as"
                + " 'https://api.example.com/events?since={timestamp}'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host/x", "host/x", "/x", "htps://host", "{scheme}://host", "http:"})
  void urlIsHttpOrHttps(String url) {
    assertThat(Options.problem("url", url))
        .isEqualTo("Option 'url' must start with http:// or https://, but was '" + url + "'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://",
        "https:///events",
        "http://my_host/events",
        "http://münchen.example/events",
        "http://two words/events",
        "http://host:port/events",
        "http://host:65536/events",
        "http://?x=1",
      })
  void urlNamesAHostThatCanBeAsked(String url) {
    assertThat(Options.problem("url", url))
        .isEqualTo(
            "Option 'url' must name a host (letters, digits, '-' and '.', and a port up to 65535 if"
                + " needed) after http:// or https://, but was '"
                + url
                + "'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP://HOST/x",
        "https://host",
        "https://host:8443/x",
        "http://127.0.0.1:80/x",
        "http://[::1]:8080/x",
        "https://host/{x}",
        "https://host{/x}",
        "https://host{/x,y}{?y}",
        "https://host{?x}",
        "https://host{/x}/{y}",
        "https://host{?x}#y={y}",
        "https://host{#x}",
        "https://host?a=@{x}",
        "https://host/a@b:c{x}",
      })
  void valuesMayStandBehindTheHost(String url) {
    assertThat(Options.problems("url", url, "inputData", INPUT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://{x}/events, {x}",
    "https://h{x}/events, {x}",
    "https://{x}.example.com/events, {x}",
    "https://host:{x}/events, {x}",
    "https://{x}@host/events, {x}",
    "https://host{+x}/events, {+x}",
    "https://host{.x}, {.x}",
    "https://host{;x}, {;x}",
    "https://host{&x}, {&x}",
    "https://host{/x}.evil.example/{y}, {/x}",
    "https://host{?x}{y}, {y}",
    "https://host{/x}{+y}, {+y}",
  })
  void noValueChoosesTheHost(String url, String placeholder) {
    assertThat(Options.problem("url", url, "inputData", INPUT))
        .isEqualTo(
            "Option 'url' must name its host and port itself, but '"
                + placeholder
                + "' stands in them: credentials go to the origin of 'url' alone, so that no value"
                + " may choose it.");
  }

  @Test
  void urlHoldsNoPassword() {
    assertThat(Options.problem("url", "https://me:secret@host/x"))
        .isEqualTo(
            "Option 'url' must not hold a user or a password; send them in a header instead.");
  }

  @Test
  void urlIsATemplate() {
    assertThat(Options.problem("url", "https://host/{x"))
        .isEqualTo(
            "Option 'url' cannot be used: URL template 'https://host/{x' is wrong at index 13: '{' is"
                + " not closed; an expression is written such as '{offset}'.");
  }

  @Test
  void messagesShowNoSecretOfTheUrl() {
    assertThat(Options.problem("url", "htps://me:pass@host/x?api_key=hidden&a=1"))
        .isEqualTo(
            "Option 'url' must start with http:// or https://, but was"
                + " 'htps://****@host/x?api_key=****&a=1'.");
    assertThat(Options.problem("url", "https:///x?token=hidden"))
        .endsWith("'https:///x?token=****'.");
    assertThat(Options.problem("url", "https://host/x?token=hidden{")).doesNotContain("hidden");
  }

  @Test
  void fieldThatNoPlaceholderCanNameIsSentAsOffset() {
    String advice =
        "The placeholder '{next-cursor}' in %s cannot be written: a placeholder's name is made of"
            + " letters, digits, '_' and '.'; write {offset} for the offset.";
    assertThat(
            Options.problem(
                "url", "https://host/{?next-cursor*}",
                "offsetType", "cursor",
                "offsetField", "next-cursor"))
        .isEqualTo(advice.formatted("'url'"));
    assertThat(
            Options.problem(
                "url", "https://host/?{offset}",
                "offsetType", "cursor",
                "offsetField", "next-cursor",
                "body", "{\"cursor\": \"{next-cursor}\"}"))
        .isEqualTo(advice.formatted("'body'"));
    assertThat(
            Options.problem(
                "url", "https://host/?{offset}",
                "offsetType", "cursor",
                "offsetField", "next-cursor",
                "header.X-Cursor", "{next-cursor}"))
        .isEqualTo(advice.formatted("a header"));
    assertThat(
            Options.problems(
                "url", "https://host/?{offset}",
                "offsetType", "cursor",
                "offsetField", "next-cursor"))
        .isEmpty();
  }

  @Test
  void tokenAndColumnThatNoPlaceholderCanName() {
    assertThat(
            Options.problem(
                "url", "https://host/?page={@next}",
                "pagination", "cursor",
                "nextField", "@next"))
        .isEqualTo(
            "The placeholder '{@next}' in 'url' cannot be written: a placeholder's name is made of"
                + " letters, digits, '_' and '.'; write {pageToken} for the page token.");
    assertThat(
            Options.problem(
                "url", "https://host/{user-id}?since={offset}",
                "inputData", "[{\"user-id\": 1}]"))
        .isEqualTo(
            "The placeholder '{user-id}' in 'url' cannot be written: a placeholder's name is made of"
                + " letters, digits, '_' and '.'; rename the column of 'inputData'.");
  }
}
