package io.reststream.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {

  @ParameterizedTest
  @CsvSource({
    "next, next, next",
    "meta.next, meta|next, meta.next",
    "/meta/next, meta|next, meta.next",
    "$.meta.next, meta|next, meta.next",
    "' next ', next, next",
    "/@odata.nextLink, @odata.nextLink, /@odata.nextLink",
    "/a~1b/c~0d.e, a/b|c~d.e, /a~1b/c~0d.e",
    "a/b, a/b, a/b",
    "/~1a, /a, /~1a",
    "/$/a, $|a, /$/a",
    "3, 3, 3",
    "/3, 3, 3",
    "states.0.3, states|0|3, states.0.3",
    "x-y z, x-y z, x-y z",
  })
  void pathIsDottedOrAPointer(String text, String segments, String shown) {
    FieldPath path = FieldPath.parse(text);
    assertThat(path.segments()).isEqualTo(List.of(segments.split("\\|")));
    assertThat(path).hasToString(shown);
    assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
  }

  @Test
  void aColumnStandsForAName() {
    FieldPath path = FieldPath.parse("result.{pair}.{side}.x");
    assertThat(path.placeholders()).containsExactly("pair", "side");
    assertThat(path.filled(column -> column.equals("pair") ? "a.b" : "0"))
        .hasToString("/result/a.b/0/x");
    assertThat(FieldPath.parse("a.{}.b{c}").placeholders()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "$"})
  void nothingIsTheDocumentItself(String text) {
    assertThat(FieldPath.parse(text).isRoot()).isTrue();
    assertThat(FieldPath.parse(text)).hasToString("");
  }

  @Test
  void pointerMayHoldEmptyNames() {
    assertThat(FieldPath.parse("/a//b").segments()).containsExactly("a", "", "b");
    assertThat(FieldPath.parse("/")).hasToString("/");
    assertThat(FieldPath.parse("/").segments()).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", ".a", "a.", "$.", "."})
  void dottedPathHasNoEmptyName(String text) {
    assertThatThrownBy(() -> FieldPath.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The path '%s' has an empty name".formatted(text));
  }

  @Test
  void tildeOfAPointerStandsForSomething() {
    assertThatThrownBy(() -> FieldPath.parse("/a~2b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("In the JSON Pointer '/a~2b' a '~' must be followed by 0 or 1");
  }
}
