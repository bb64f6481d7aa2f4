package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestOptionsTest {

  @Test
  void defaultsAreThese() {
    Map<String, String> defaults = new LinkedHashMap<>();
    RestOptions.ALL.forEach(option -> defaults.put(option.key(), option.defaultText()));
    assertThat(defaults)
        .containsExactlyInAnyOrderEntriesOf(
            Options.of(
                "recipe", null,
                "url", null,
                "method", "GET",
                "headers", null,
                "body", null,
                "streaming", null,
                "streamingInterval", "10",
                "inputData", null,
                "queryType", "inline",
                "offsetType", "timestamp",
                "offsetField", "timestamp",
                "initialOffset", "0",
                "offsetBoundary", "inclusive",
                "offsetGranularity", null,
                "lookback", null,
                "offsetFormat", null,
                "offsetSendFormat", null,
                "order", null,
                "windowSize", null,
                "windowLag", "1m",
                "windowCap", null,
                "responseFormat", "json",
                "allowComments", "false",
                "allowUnquotedFieldNames", "false",
                "allowSingleQuotes", "false",
                "allowNumericLeadingZeros", "false",
                "allowBackslashEscapingAnyCharacter", "false",
                "allowUnquotedControlChars", "false",
                "allowNonNumericNumbers", "false",
                "dataField", null,
                "keyField", null,
                "pageSize", null,
                "maxKeys", "100000",
                "pagination", "none",
                "nextField", null,
                "pageTokenName", null,
                "firstPage", null,
                "pageStep", null,
                "hasMoreField", null,
                "endWhen", null,
                "totalField", null,
                "totalPagesField", null,
                "shortPageEnds", "false",
                "maxPages", null,
                "batchSize", "1000",
                "connectionTimeout", "10",
                "readTimeout", "60",
                "httpVersion", "auto",
                "maxResponseBytes", "64m",
                "allowedHosts", "",
                "proxy", null,
                "proxyUser", null,
                "proxyPassword", null,
                "trustStore", null,
                "trustStorePassword", null,
                "keyStore", null,
                "keyStoreKey", null,
                "keyStorePassword", null,
                "maxRetries", "5",
                "retryBaseDelay", "1",
                "retryMaxDelay", "60",
                "retryStatuses", "408,425,429,5xx",
                "ignoreStatuses", "",
                "statusActions", "",
                "retryAfterHeader", null,
                "errorWhen", null,
                "requestsPerSecond", null,
                "maxConcurrentRequests", null,
                "conditionalRequests", "true",
                "allowOffsetDecrease", "false",
                "acceptChanges", "",
                "authType", "None",
                "userId", null,
                "userPassword", null,
                "oauthToken", null,
                "apiKey", null,
                "apiKeyName", "X-API-Key",
                "apiKeyIn", "header",
                "oauthConsumerKey", null,
                "oauthConsumerSecret", null,
                "oauthTokenSecret", null,
                "oauthSignatureMethod", "HMAC-SHA1",
                "oauthRealm", null,
                "oauthTokenUrl", null,
                "oauthClientId", null,
                "oauthClientSecret", null,
                "oauthClientAuth", "basic",
                "oauthScope", null,
                "oauthAudience", null,
                "oauthRefreshToken", null,
                "loginUrl", null,
                "loginMethod", "POST",
                "loginHeaders", null,
                "loginBody", null,
                "loginTokenField", "token",
                "loginExpiresField", null,
                "tokenName", "Authorization",
                "tokenIn", "header",
                "tokenPrefix", "Bearer",
                "authParameters", null,
                "authClass", null,
                "cookie", null));
  }

  @Test
  void secretOptionsAreThese() {
    assertThat(RestOptions.ALL.stream().filter(Option::secret).map(Option::key))
        .containsExactlyInAnyOrder(
            "headers",
            "body",
            "proxyPassword",
            "trustStorePassword",
            "keyStorePassword",
            "userPassword",
            "oauthToken",
            "apiKey",
            "oauthConsumerSecret",
            "oauthTokenSecret",
            "oauthClientSecret",
            "oauthRefreshToken",
            "loginHeaders",
            "loginBody",
            "authParameters",
            "cookie");
  }

  @Test
  void eachIsDescribedAndItsDefaultIsAllowed() {
    assertThat(RestOptions.ALL)
        .allSatisfy(
            option -> {
              assertThat(option.doc()).endsWith(".");
              if (option.defaultText() != null) {
                assertThat((Object) option.type().parser().parse(option.defaultText())).isNotNull();
              }
            });
  }

  @Test
  void keysDifferWhateverTheirSpelling() {
    assertThat(RestOptions.ALL.stream().map(option -> Keys.normalized(option.key())))
        .doesNotHaveDuplicates();
  }
}
