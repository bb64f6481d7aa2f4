package io.reststream.core.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkHeaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<https://a/?p=2>; rel=\"next\"",
        "<https://a/?p=2>; rel=next",
        "<https://a/?p=2>;rel=next",
        "< https://a/?p=2 > ; REL = \"Next\"",
        "<https://a/?p=2>; title=\"a, <b>; rel=prev\"; rel=\"next\"",
        "<https://a/?p=2>; title=\"a \\\" b\"; rel=\"next\"",
        "<https://a/?p=2>; rel=\"last next\"",
        "<https://a/?p=2>; rel=\"\tnext  \"",
        "<https://a/?p=1>; rel=\"prev\", <https://a/?p=2>; rel=\"next\"",
        "<https://a/?p=1>; rel=prev,<https://a/?p=2>; rel=next,<https://a/?p=9>; rel=last",
        "<https://a/?p=1,2>; rel=prev; x, <https://a/?p=2>; rel=next",
        ", <https://a/?p=2>; flag; rel=next",
        "<https://a/?p=2>; rel=next; rel=prev",
        "<https://other/>; rel=next; anchor=\"#part\", <https://a/?p=2>; rel=next",
        "<https://a/?p=1>; rel=prev junk, <https://a/?p=2>; rel=next",
        "<https://a/?p=2>; rel=next, <https://a/?p=3>; rel=next",
      })
  void findsTheTarget(String line) {
    assertThat(LinkHeader.target(List.of(line), "next")).contains("https://a/?p=2");
  }

  @Test
  void looksAtEveryLine() {
    List<String> lines = List.of("<https://a/?p=1>; rel=prev", "<?p=2>; rel=\"next\"");
    assertThat(LinkHeader.target(lines, "NEXT")).contains("?p=2");
    assertThat(LinkHeader.target(lines, "prev")).contains("https://a/?p=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "next",
        "<https://a/?p=2>",
        "<https://a/?p=2; rel=next",
        "<https://a/?p=2>; rel=prev; rel=next",
        "<https://a/?p=2>; rel=nextish",
        "<https://a/?p=2>; rel=\"prev",
        "<https://a/?p=2>; title=\"rel=next",
        "<https://a/?p=2>; rev=next",
        "<https://a/?p=2>; rel=next; anchor=\"https://b/\"",
      })
  void findsNothingElse(String line) {
    assertThat(LinkHeader.target(List.of(line), "next")).isEmpty();
  }
}
