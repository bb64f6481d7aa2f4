package io.reststream.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.PageSettings;
import io.reststream.core.config.PaginationStyle;
import io.reststream.core.config.ResponseField;
import io.reststream.core.http.OriginRule;
import io.reststream.core.json.ShapeException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class PaginationTest {
  private static final URI ASKED = URI.create("https://api.example.com/v1/items?since=5&token=t");

  private static Pagination of(PaginationStyle style) {
    return Pagination.of(
        new PageSettings(style, ResponseField.parse("next")), OriginRule.NONE.with(ASKED));
  }

  @Test
  void withoutPaginationThereIsNoToken() throws ShapeException {
    assertThat(of(PaginationStyle.NONE).token("x", ASKED)).isNull();
    assertThat(of(PaginationStyle.NONE).isAddress()).isFalse();
  }

  @Test
  void cursorIsItsOwnToken() throws ShapeException {
    assertThat(of(PaginationStyle.CURSOR).token("a b/é", ASKED)).isEqualTo("a b/é");
    assertThat(of(PaginationStyle.CURSOR).isAddress()).isFalse();
  }

  @ParameterizedTest
  @NullAndEmptySource
  void nothingIsTheEnd(String value) throws ShapeException {
    assertThat(of(PaginationStyle.CURSOR).token(value, ASKED)).isNull();
    assertThat(of(PaginationStyle.NEXT_URL).token(value, ASKED)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/v1/items?page=2, https://api.example.com/v1/items?page=2",
    "https://API.example.com:443/x, https://API.example.com:443/x",
    "/v2/items?page=2, https://api.example.com/v2/items?page=2",
    "?page=2, https://api.example.com/v1/items?page=2",
    "more/2, https://api.example.com/v1/more/2",
    "//api.example.com/x, https://api.example.com/x",
    "/x?filter=a|b, https://api.example.com/x?filter=a%7Cb",
  })
  void linkIsAbsoluteOrRelative(String value, String token) throws ShapeException {
    assertThat(of(PaginationStyle.NEXT_URL).token(value, ASKED)).isEqualTo(token);
    assertThat(of(PaginationStyle.NEXT_URL).isAddress()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/x?page=2, https://evil.example:443",
    "http://api.example.com/x, http://api.example.com:80",
    "https://api.example.com:8443/x, https://api.example.com:8443",
    "//evil.example/x, https://evil.example:443",
    "https://api.example.com@evil.example/x, https://evil.example:443",
    "file:///etc/passwd, file://:80",
  })
  void linkToAnotherOriginIsRefused(String value, String origin) {
    assertThatThrownBy(() -> of(PaginationStyle.NEXT_URL).token(value, ASKED))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "has a next page on another origin, "
                + origin
                + ", which option 'allowedHosts' does not name")
        .satisfies(e -> assertThat(((ShapeException) e).isPassing()).isFalse());
  }

  @Test
  void linkThatIsNoAddressIsShownWithoutSecrets() {
    assertThatThrownBy(() -> of(PaginationStyle.NEXT_URL).token("/x?api_key=hidden&a=%zz", ASKED))
        .isInstanceOf(ShapeException.class)
        .hasMessage("has a next page that is no address: '/x?api_key=****&a=%zz'");
  }
}
