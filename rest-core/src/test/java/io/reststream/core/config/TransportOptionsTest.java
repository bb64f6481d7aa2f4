package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.ReadMode;
import io.reststream.core.http.HttpVersion;
import io.reststream.core.http.OriginRule;
import io.reststream.core.http.TlsSettings;
import io.reststream.core.http.TransportSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportOptionsTest {

  private static TransportSettings settings(String... options) {
    return ParsedOptions.parse(Options.withUrl(options), ReadMode.STREAM, List.of()).transport();
  }

  @Test
  void defaultsAreThese() {
    assertThat(settings())
        .isEqualTo(
            new TransportSettings(
                Duration.ofSeconds(10),
                HttpVersion.AUTO,
                64 << 20,
                null,
                TlsSettings.USUAL,
                OriginRule.NONE.with(URI.create("https://api.example.com"))));
    assertThat(TransportSettings.of(Duration.ofSeconds(10)).maxResponseBytes())
        .isEqualTo(settings().maxResponseBytes());
  }

  @ParameterizedTest
  @CsvSource({"auto, AUTO", "AUTO, AUTO", "1.1, ONE", "2, TWO"})
  void versionIsOneOfThree(String text, HttpVersion version) {
    assertThat(settings("httpVersion", text).version()).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "h2", "1.0", ""})
  void versionIsNothingElse(String text) {
    assertThat(Options.problem("httpVersion", text))
        .isEqualTo(
            "Option 'httpVersion' must be one of 'auto', '1.1', '2', but was '" + text + "'.");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "65536, 65536",
    "512k, 524288",
    "512 KB, 524288",
    "64m, 67108864",
    "64mb, 67108864",
    "1g, 1073741824",
    "1073741824, 1073741824",
  })
  void sizeIsInBytesOrHasAUnit(String text, int bytes) {
    assertThat(settings("maxResponseBytes", text).maxResponseBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0m", "-1", "2g", "1025m", "1073741825", "1.5m", "64t", "much", ""})
  void sizeIsNothingElse(String text) {
    assertThat(Options.problem("maxResponseBytes", text))
        .isEqualTo(
            "Option 'maxResponseBytes' must be a size up to '1g' such as '65536' (bytes), '512k' or"
                + " '64m', but was '"
                + text
                + "'.");
  }

  // proxy

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example.com:3128",
        "http://proxy.example.com:3128",
        " HTTP://proxy.example.com:3128/ "
      })
  void proxyIsAHostAndAPort(String text) {
    assertThat(settings("proxy", text).proxy()).hasToString("proxy.example.com:3128");
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.example.com, proxy.example.com",
    "'', ''",
    "proxy:0, proxy:0",
    "proxy:65536, proxy:65536",
    "proxy:port, proxy:port",
    ":3128, :3128",
    "https://proxy:3128, https://proxy:3128",
    "socks5://proxy:1080, socks5://proxy:1080",
    "http://proxy:3128/path, http://proxy:3128/path",
    "me:s3cret@proxy:3128, ****@proxy:3128",
    "http://me:s3cret@proxy:3128, http://****@proxy:3128",
  })
  void proxyIsNothingElse(String text, String shown) {
    assertThat(Options.problem("proxy", text))
        .isEqualTo(
            "Option 'proxy' must be a host and a port such as 'proxy.example.com:3128' or"
                + " 'http://proxy.example.com:3128', the user in 'proxyUser', but was '"
                + shown
                + "'.");
  }

  @ParameterizedTest
  @CsvSource({
    "proxyPassword, proxyUser, proxy",
    "proxyUser, proxyPassword, proxy",
  })
  void userAndPasswordOfAProxyNeedEachOther(String given, String needed, String proxy) {
    assertThat(Options.problem(proxy, "h:1", given, "s3cret"))
        .isEqualTo("Option '" + given + "' needs '" + needed + "', which is not set.");
  }

  @ParameterizedTest
  @CsvSource({
    "trustStorePassword, trustStore",
    "keyStorePassword, keyStore",
    "keyStoreKey, keyStore",
  })
  void partsNeedTheWhole(String part, String whole) {
    assertThat(Options.problem(part, "s3cret"))
        .isEqualTo("Option '" + part + "' needs '" + whole + "', which is not set.");
    assertThat(Options.problems(part, "s3cret", whole, "file")).isEmpty();
  }

  @Test
  void userNeedsAProxy() {
    assertThat(Options.problem("proxyUser", "me", "proxyPassword", "s3cret"))
        .isEqualTo("Option 'proxyUser' needs 'proxy', which is not set.");
  }

  @Test
  void passwordsAreNotShown() {
    assertThat(
            Options.stream(
                    "proxy", "h:1",
                    "proxyUser", "me",
                    "proxyPassword", "s3cret",
                    "trustStore", "t",
                    "trustStorePassword", "s3cret",
                    "keyStore", "k",
                    "keyStorePassword", "s3cret")
                .toString())
        .contains("proxyPassword=****", "trustStorePassword=****", "keyStorePassword=****")
        .doesNotContain("s3cret");
  }

  // origins

  @ParameterizedTest
  @CsvSource({
    "https, files.example.com, https://files.example.com/x, true",
    "https, files.example.com, https://FILES.example.com:443/x, true",
    "https, 'a.com, files.example.com', https://files.example.com/x, true",
    "https, files.example.com, http://files.example.com/x, false",
    "https, files.example.com, https://files.example.com:8443/x, false",
    "https, files.example.com, https://sub.files.example.com/x, false",
    "https, files.example.com, https://api.example.com/x, true",
    "https, files.example.com, http://api.example.com/x, false",
    "https, files.example.com:8443, https://files.example.com:8443/x, true",
    "https, files.example.com:8443, https://files.example.com/x, false",
    "https, http://files.example.com, http://files.example.com/x, true",
    "https, http://files.example.com, https://files.example.com/x, false",
    "https, https://files.example.com, https://files.example.com/x, true",
    "http, files.example.com, http://files.example.com/x, true",
    "http, files.example.com, https://files.example.com/x, true",
    "http, files.example.com:8080, http://files.example.com:8080/x, true",
    "http, https://files.example.com, http://files.example.com/x, false",
    "http, api.example.com, https://api.example.com/x, true",
    "https, '', https://api.example.com/x, true",
    "https, '', https://files.example.com/x, false",
    "https, 127.0.0.1:8443, https://127.0.0.1:8443/x, true",
    "https, [::1]:8443, https://[::1]:8443/x, true",
  })
  void nameIsMeantWithItsSchemeAndPort(
      String scheme, String allowed, String address, boolean isAllowed) {
    TransportSettings settings =
        settings("url", scheme + "://api.example.com/e?since={offset}", "allowedHosts", allowed);
    assertThat(settings.origins().allows(URI.create(address))).isEqualTo(isAllowed);
  }

  @ParameterizedTest
  @CsvSource({
    "*, *",
    "*.example.com, *.example.com",
    "'a.com,,b.com', ''",
    "'a.com,', ''",
    "a.com/path, a.com/path",
    "a.com?x, a.com?x",
    "ftp://a.com, ftp://a.com",
    "a b, a b",
    "a.com:99999, a.com:99999",
    "https://me:s3cret@a.com, a.com",
    "https://, https://",
  })
  void nameIsNothingElse(String allowed, String shown) {
    assertThat(Options.problem("allowedHosts", allowed))
        .isEqualTo(
            "Option 'allowedHosts' must name hosts, with a port or a scheme where needed, such as"
                + " 'files.example.com', 'example.com:8443' or 'http://example.com', separated by"
                + " commas, but names '"
                + shown
                + "'.");
  }

  // formats

  @ParameterizedTest
  @ValueSource(strings = {"xml", "csv", "jsonl", ""})
  void formatIsOneOfTwo(String text) {
    assertThat(Options.problem("responseFormat", text))
        .isEqualTo(
            "Option 'responseFormat' must be one of 'json', 'ndjson', but was '" + text + "'.");
  }

  @ParameterizedTest
  @CsvSource({"dataField, events", "errorWhen, ok=false"})
  void linesHaveNothingAroundThem(String key, String value) {
    assertThat(Options.problem("responseFormat", "ndjson", key, value))
        .isEqualTo(
            "Option '%s' has no meaning with 'responseFormat'='ndjson': each line of a body is a record."
                .formatted(key));
  }

  @Test
  void linesHaveNothingBesideThem() {
    String rest =
        " with 'responseFormat'='ndjson', whose body holds nothing but records, but was '";
    assertThat(
            Options.problem(
                "url", "https://h/?{next}",
                "responseFormat", "ndjson",
                "offsetType", "cursor",
                "offsetField", "next"))
        .isEqualTo("Option 'offsetField' must be 'header:Name'" + rest + "next'.");
    assertThat(Options.problem("responseFormat", "ndjson", "pagination", "nextUrl"))
        .isEqualTo("Option 'nextField' must be 'header:Name'" + rest + "next'.");
    assertThat(
            Options.problems(
                "responseFormat", "NDJSON", "pagination", "nextUrl", "nextField", "header:X-Next"))
        .isEmpty();
    assertThat(
            Options.problems(
                "url", "https://h/?cursor={offset}",
                "responseFormat", "ndjson",
                "offsetType", "cursor",
                "offsetField", "header:X-Cursor"))
        .isEmpty();
  }
}
