package io.reststream.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestResponseTest {

  private static RestResponse with(String name, String... values) {
    return new RestResponse(200, Map.of(name, List.of(values)), new byte[3]);
  }

  @Test
  void headersHaveNamesInAnyCaseAndTheirFirstValueCounts() {
    RestResponse response = with("x-next", "a", "b");
    assertThat(response.header("X-NEXT")).contains("a");
    assertThat(response.headers().get("X-Next")).containsExactly("a", "b");
    assertThat(response.header("X-Other")).isEmpty();
    assertThat(response).hasToString("200 with 3 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, application/json",
    "Application/JSON; charset=utf-8, application/json",
    "' text/html ', text/html",
    "'', ''",
  })
  void mediaTypeHasNoParameters(String header, String type) {
    assertThat(with("content-type", header).mediaType()).isEqualTo(type);
  }

  @Test
  void mediaTypeIsEmptyWhereTheServerNamesNone() {
    assertThat(with("X", "y").mediaType()).isEmpty();
  }
}
