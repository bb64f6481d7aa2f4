package io.reststream.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriReferenceTest {
  private static final URI BASE = URI.create("http://a/b/c/d;p?q");

  /** The examples of RFC 3986, sections 5.4.1 and 5.4.2, without their fragments. */
  @ParameterizedTest
  @CsvSource({
    "g:h, g:h",
    "g, http://a/b/c/g",
    "./g, http://a/b/c/g",
    "g/, http://a/b/c/g/",
    "/g, http://a/g",
    "//g, http://g",
    "?y, http://a/b/c/d;p?y",
    "g?y, http://a/b/c/g?y",
    "#s, http://a/b/c/d;p?q",
    "g#s, http://a/b/c/g",
    "g?y#s, http://a/b/c/g?y",
    ";x, http://a/b/c/;x",
    "g;x, http://a/b/c/g;x",
    "g;x?y#s, http://a/b/c/g;x?y",
    "'', http://a/b/c/d;p?q",
    "., http://a/b/c/",
    "./, http://a/b/c/",
    ".., http://a/b/",
    "../, http://a/b/",
    "../g, http://a/b/g",
    "../.., http://a/",
    "../../, http://a/",
    "../../g, http://a/g",
    "../../../g, http://a/g",
    "../../../../g, http://a/g",
    "/./g, http://a/g",
    "/../g, http://a/g",
    "g., http://a/b/c/g.",
    ".g, http://a/b/c/.g",
    "g.., http://a/b/c/g..",
    "..g, http://a/b/c/..g",
    "./../g, http://a/b/g",
    "./g/., http://a/b/c/g/",
    "g/./h, http://a/b/c/g/h",
    "g/../h, http://a/b/c/h",
    "g;x=1/./y, http://a/b/c/g;x=1/y",
    "g;x=1/../y, http://a/b/c/y",
    "g?y/./x, http://a/b/c/g?y/./x",
    "g?y/../x, http://a/b/c/g?y/../x",
    "http://b:8080/x?y, http://b:8080/x?y",
    "https://B, https://B",
  })
  void referenceIsResolvedAsTheRfcSays(String reference, String expected) {
    assertThat(UriReference.resolve(BASE, reference)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h, ?page=2, http://h?page=2",
    "http://h, x, http://h/x",
    "http://h?a=1, .evil.example/, http://h/.evil.example/",
    "http://h:8080/items, ?page=2, http://h:8080/items?page=2",
    "http://h/items?since=5, /items?page=2, http://h/items?page=2",
  })
  void addressMayHaveNoPath(String base, String reference, String expected) {
    assertThat(UriReference.resolve(URI.create(base), reference)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/x?a=b|c, http://a/x?a=b%7Cc",
    "/x y?z={1}, http://a/x%20y?z=%7B1%7D",
    "/Zürich?q=世, http://a/Z%C3%BCrich?q=%E4%B8%96",
    "/x?page[cursor]=1, http://a/x?page[cursor]=1",
    "/x[1], http://a/x%5B1%5D",
    "/x?a=%7C%20, http://a/x?a=%7C%20",
    "' /x ', http://a/x",
    "'/x\t/y', http://a/x%09/y",
  })
  void charactersThatAnAddressCannotHoldAreEncoded(String reference, String expected) {
    assertThat(UriReference.resolve(BASE, reference)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x?a=%zz", "/100%", "http://[::1/x", "1:2"})
  void whatIsNoAddressIsRefused(String reference) {
    assertThatThrownBy(() -> UriReference.resolve(BASE, reference))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
