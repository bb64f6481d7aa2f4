package io.reststream.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reststream.core.template.BodyTemplate.Form;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every value, tried on seeded random ones: what goes in is what the server reads.
 */
@Timeout(60)
class TemplatePropertiesTest {

  private static final int VALUES_PER_SEED = 200;

  /** Everything that means something in a url, a header, a form or JSON, and some that does not. */
  private static final List<String> PIECES =
      List.of(
          "a", "Z", "0", "9", ".", "..", "-", "_", "~", "/", "\\", "?", "#", "&", "=", "+", "%",
          "%2F", "%2e", "%", ";", ":", "@", ",", "!", "$", "'", "\"", "(", ")", "*", "[", "]", "{",
          "}", "{x}", "<", ">", "|", "^", "`", " ", "\t", "\r", "\n", "\0", "\u007F", "é", "€", "中",
          "😀", "\u2028", "\uFEFF", "e\u0301");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aUrlGivesEveryValueBackAndKeepsItsShape(int seed) {
    UriTemplate url = UriTemplate.parse("https://h/a/s-{x}{/y*}{.x}/b{;y}/?p={x}&q=1{&y,z*}&l={z}");

    values(seed)
        .forEach(
            pair -> {
              String x = pair.get(0);
              String y = pair.get(1);
              String text =
                  url.expand(Placeholders.of(Map.of("x", x, "y", "y" + y, "z", List.of(x, y))));
              URI uri = URI.create(text);
              String[] path = uri.getRawPath().split("/", -1);
              String[] query = uri.getRawQuery().split("&", -1);

              assertThat(text).matches("\\A[!-~]+\\z");
              assertThat(uri.getRawFragment()).isNull();
              assertThat(uri.normalize()).isEqualTo(uri);
              assertThat(path).hasSize(6);
              assertThat(PercentDecoding.decode(path[2])).isEqualTo("s-" + x);
              assertThat(PercentDecoding.decode(path[3])).isEqualTo("y" + y + "." + x);
              assertThat(PercentDecoding.decode(path[4])).isEqualTo("b;y=y" + y);
              assertThat(Stream.of(query).map(PercentDecoding::decode))
                  .containsExactly(
                      "p=" + x, "q=1", "y=y" + y, "z=" + x, "z=" + y, "l=" + x + "," + y);
              assertThat(
                      Stream.of(query[5].substring(2).split(",", -1)).map(PercentDecoding::decode))
                  .containsExactly(x, y);
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPrefixIsTheValuesFirstCharacters(int seed) {
    UriTemplate url = UriTemplate.parse("/a?x={x:3}");

    values(seed)
        .forEach(
            pair -> {
              String x = pair.get(0);
              int end = x.offsetByCodePoints(0, Math.min(3, x.codePointCount(0, x.length())));
              assertThat(PercentDecoding.decode(url.expand(name -> x)))
                  .isEqualTo("/a?x=" + x.substring(0, end));
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void reservedExpansionWritesOnlyWhatAUriHolds(int seed) {
    UriTemplate url = UriTemplate.parse("{+x}{#x:4}");

    values(seed)
        .forEach(
            pair ->
                assertThat(url.expand(name -> pair.get(0)))
                    .matches("\\A([A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*+\\z"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aJsonBodyGivesEveryValueBackAndKeepsItsShape(int seed) throws Exception {
    BodyTemplate body =
        BodyTemplate.parse(
            "{\"s\": \"<{x}>\", \"v\": {y}, \"l\": [{l}, \"{x}\"], \"m\": {m}}", Form.JSON);

    for (List<String> pair : values(seed).toList()) {
      String x = pair.get(0);
      String y = "y" + pair.get(1);
      JsonNode sent =
          JSON.readTree(
              body.expand(
                  Placeholders.of(Map.of("x", x, "y", y, "l", List.of(x, y), "m", Map.of(x, y)))));

      assertThat(sent)
          .isEqualTo(
              JSON.valueToTree(
                  Map.of(
                      "s",
                      "<" + x + ">",
                      "v",
                      y,
                      "l",
                      List.of(List.of(x, y), x),
                      "m",
                      Map.of(x, y))));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFormGivesEveryValueBackAndKeepsItsShape(int seed) {
    BodyTemplate body = BodyTemplate.parse("a={x}&b={y}", Form.FORM);

    values(seed)
        .forEach(
            pair -> {
              String[] sent =
                  body.expand(Placeholders.of(Map.of("x", pair.get(0), "y", pair.get(1))))
                      .split("&");
              assertThat(Stream.of(sent).map(s -> URLDecoder.decode(s, StandardCharsets.UTF_8)))
                  .containsExactly("a=" + pair.get(0), "b=" + pair.get(1));
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHeaderGivesAValueBackOrRefusesIt(int seed) {
    TextTemplate header = TextTemplate.parse("<{x}>");

    values(seed)
        .forEach(
            pair -> {
              String x = pair.get(0);
              if (x.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'))) {
                assertThat(header.expand(name -> x)).isEqualTo("<" + x + ">");
              } else {
                assertThatIllegalArgumentException().isThrownBy(() -> header.expand(name -> x));
              }
            });
  }

  private static Stream<List<String>> values(int seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> List.of(value(random), value(random))).limit(VALUES_PER_SEED);
  }

  private static String value(Random random) {
    StringBuilder value = new StringBuilder();
    for (int length = random.nextInt(8); length > 0; length--) {
      value.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return value.toString();
  }
}
