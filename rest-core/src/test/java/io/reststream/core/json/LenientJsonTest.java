package io.reststream.core.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are nearly JSON. */
class LenientJsonTest {
  private static final Set<Leniency> ALL = EnumSet.allOf(Leniency.class);
  private static final int DOCUMENTS = 400;

  private static LenientJson json(Set<Leniency> allowed) {
    return new LenientJson(allowed, Integer.MAX_VALUE);
  }

  private static String strict(Set<Leniency> allowed, String body) throws ShapeException {
    return new String(json(allowed).strict(body.getBytes(UTF_8), false), UTF_8);
  }

  private static String problem(Set<Leniency> allowed, boolean lines, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    RecordScanner scanner =
        lines
            ? RecordScanner.ofLines(null)
            : new RecordScanner(FieldPath.parse(""), null, null, PageFields.NONE, List.of());
    scanner.lenient(json(allowed));
    return catchThrowableOfType(ShapeException.class, () -> scanner.scan(bytes, false))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COMMENTS          | [1/* a */,//b~ 2 /*~*/ ]    | [1 , ~ 2 ~ ]",
        "COMMENTS          | //~{} // end                | ` ~{}  `",
        "COMMENTS          | [\"/* no */\",\"//\"]       | [\"/* no */\",\"//\"]",
        "UNQUOTED_NAMES    | {a:1, _$b : 2,c:{null:3}}   | {\"a\":1, \"_$b\" : 2,\"c\":{\"null\":3}}",
        "UNQUOTED_NAMES    | {7:1,-x*@#+:true}           | {\"7\":1,\"-x*@#+\":true}",
        "SINGLE_QUOTES     | {'a':'it\"s \\\"b\\' \\n'}  | {\"a\":\"it\\\"s \\\"b' \\n\"}",
        "LEADING_ZEROS     | [007,-00,00.50,000e1,0,10]  | [7,-0,0.50,0e1,0,10]",
        "LEADING_ZEROS     | [1.50,9007199254740993,1E+2]| [1.50,9007199254740993,1E+2]",
        "ANY_ESCAPE        | [\"\\d\\ \\é\\'\\u0041\\\\d\"] | [\"d é'\\u0041\\\\d\"]",
        "ANY_ESCAPE        | [\"a\\~b\"]                 | [\"a\\nb\"]",
        "CONTROL_CHARACTERS| [\"a\tb~c\u0001\"]          | [\"a\\tb\\nc\\u0001\"]",
        "NON_NUMBERS       | [NaN,Infinity,-Infinity]    | [\"NaN\",\"Infinity\",\"-Infinity\"]",
        "NON_NUMBERS       | [+Infinity,+INF,-INF,null]  | [\"Infinity\",\"Infinity\",\"-Infinity\",null]",
      })
  void whatJsonIsNotIsWrittenAsJson(Leniency allowed, String body, String strict)
      throws ShapeException {
    assertThat(strict(Set.of(allowed), body.replace('~', '\n')))
        .isEqualTo(strict.replace('~', '\n'));
  }

  @Test
  void allOfItTogether() throws ShapeException {
    assertThat(
            strict(
                ALL,
                "\uFEFF/*v1*/{data /*:*/ : [{'id':01, x:NaN}, // 'last'\n {id:-Infinity,'t':\"\\-\t\"}], a:1, a:2}"))
        .isEqualTo(
            "\uFEFF {\"data\"   : [{\"id\":1, \"x\":\"NaN\"},  \n {\"id\":\"-Infinity\",\"t\":\"-\\t\"}], \"a\":1, \"a\":2}");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void aBodyThatIsJsonStaysTheSameBytes(int seed) throws ShapeException {
    JsonText text = new JsonText(new Random(seed));
    for (int i = 0; i < DOCUMENTS; i++) {
      byte[] body = (text.space() + text.value(4) + text.space()).getBytes(UTF_8);
      assertThat(json(ALL).strict(body, false)).isSameAs(body);
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 24);
  }

  /** With any set of options, the odd ones with all. */
  private static Set<Leniency> drawn(int seed) {
    Set<Leniency> allowed = EnumSet.allOf(Leniency.class);
    Random random = new Random(seed);
    allowed.removeIf(one -> seed % 2 == 0 && random.nextBoolean());
    return allowed;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsWhatJacksonReadsInTheBody(int seed) throws IOException, ShapeException {
    Set<Leniency> allowed = drawn(seed);
    LenientText text = new LenientText(new Random(seed), allowed);
    for (int i = 0; i < DOCUMENTS; i++) {
      String body = text.space() + text.value(4) + " " + text.space();
      String strict = strict(allowed, body);
      assertThat(tokens(EnumSet.noneOf(Leniency.class), strict))
          .as(body)
          .isEqualTo(tokens(allowed, body));
      assertThat(strict(allowed, strict)).isEqualTo(strict);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRecordIsTheSameWhateverStandsBesideIt(int seed) throws ShapeException {
    LenientText text = new LenientText(new Random(seed), ALL);
    for (int i = 0; i < DOCUMENTS; i++) {
      String one = text.value(3);
      String other = text.value(3);
      assertThat(strict(ALL, "[" + one + ",\n" + other + "]"))
          .isEqualTo("[" + strict(ALL, one) + ",\n" + strict(ALL, other) + "]");
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theProblemNamesTheOptionsThatAreMissing(int seed) throws ShapeException {
    Set<Leniency> allowed = drawn(seed);
    LenientText text = new LenientText(new Random(seed), ALL);
    int refused = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String body = text.value(3);
      Set<Leniency> missing = text.used();
      missing.removeAll(allowed);
      if (missing.isEmpty()) {
        strict(allowed, body);
      } else {
        List<String> keys = missing.stream().map(one -> "'" + one.key() + "'").toList();
        assertThat(problem(allowed, false, body))
            .as(body)
            .endsWith("; to read it, set " + String.join(", ", keys) + " to 'true'");
        refused++;
      }
    }
    assertThat(refused > 20).isEqualTo(!allowed.equals(ALL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a': 1, b: NaN,}           | is not JSON; it begins with '{'a': 1, b: NaN,}'",
        "/* a rather long comment */ {'a': oops} | is not JSON at byte 39, near 'er long comment */ {'a': oops}'",
        "{'a': [1, 2  | is not whole JSON: it ends after 11 bytes, in the middle",
        "/* never ends | is not whole JSON: it ends after 13 bytes, in the middle",
        "<a>NaN</a>   | is HTML or XML, not JSON; it begins with '<a>NaN</a>'",
        "/**/ {a:1} 'b' | goes on after its end, at byte 11",
        "// nothing   | is empty, but a JSON document was expected",
      })
  void whatCannotBeReadEvenSoIsSaidOfTheBodyThatCame(String body, String problem) {
    assertThat(problem(ALL, false, body)).isEqualTo(problem);
  }

  @Test
  void withoutAnyOptionTheProblemNamesThem() {
    Set<Leniency> nothing = EnumSet.noneOf(Leniency.class);
    assertThat(problem(nothing, false, "{'a': 007}"))
        .isEqualTo(
            "is not JSON; it begins with '{'a': 007}'; to read it, set 'allowSingleQuotes',"
                + " 'allowNumericLeadingZeros' to 'true'");
    assertThat(problem(nothing, true, "{\"a\":1}\n{\"a\":NaN}"))
        .isEqualTo(
            "is not JSON; it begins with '{\"a\":1} {\"a\":NaN}'; to read it, set"
                + " 'allowNonNumericNumbers' to 'true'");
    assertThat(problem(nothing, false, "Service unavailable"))
        .isEqualTo("is not JSON; it begins with 'Service unavailable'");
  }

  @Test
  void optionsAreNotNamedWhereTheyAreNotAllThatIsMissing() {
    Set<Leniency> nothing = EnumSet.noneOf(Leniency.class);
    assertThat(problem(nothing, false, "{a:1}\n{a:2}\n"))
        .isEqualTo("is not JSON; it begins with '{a:1} {a:2}'");
  }

  @Test
  void valuesThatNothingSeparatesAreRefused() {
    String record = "{" + "a:1,".repeat(60) + "a:1}";
    assertThat(problem(ALL, true, record + "\n-INF-1\n"))
        .startsWith("is not JSON at byte ")
        .endsWith("-INF-1'");
    assertThat(problem(ALL, false, record + "NaN-1"))
        .startsWith("is not JSON at byte ")
        .endsWith("NaN-1'");
  }

  @Test
  void aNameThatJacksonCannotReadIsNoEnd() {
    assertThat(problem(ALL, false, "{\"items\":[{\"x\":1,café:2},{\"x\":3}]}"))
        .startsWith("is not JSON; it begins with '{");
  }

  @Test
  void linesStayLines() throws ShapeException {
    byte[] body = "// head\n{'a':1}// x\n\n/* over\n two */ {a:\"\\\\n\t\"}\r\nNaN".getBytes(UTF_8);
    ScannedPage page = RecordScanner.ofLines(null).lenient(json(ALL)).scan(body, false);
    List<String> records = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      records.add(new String(page.body(), page.start(i), page.end(i) - page.start(i), UTF_8));
    }
    assertThat(records).containsExactly("{\"a\":1}", "{\"a\":\"\\\\n\\t\"}", "\"NaN\"");
    String problem = "is not newline-delimited JSON: line %d %s (option 'responseFormat')";
    assertThat(problem(ALL, true, "{a:1} /* */ {a:2}"))
        .isEqualTo(problem.formatted(1, "holds more than one record"));
    assertThat(problem(ALL, true, "/*\n*/\n{a: /*\n*/ 2}"))
        .isEqualTo(problem.formatted(3, "begins a record that goes over several lines"));
    for (String breakInText : List.of("{a:1}\n{b:\"x\ny\"}", "{a:1}\n{b:'x\\\ny'}")) {
      assertThat(problem(ALL, true, breakInText))
          .isEqualTo(problem.formatted(2, "begins a text that goes over several lines"));
    }
  }

  @Test
  void theFormMayNotBeLargerThanABody() throws ShapeException {
    byte[] body = "{a:\"\u0001\u0001\"}".getBytes(UTF_8);
    assertThat(new LenientJson(ALL, 20).strict(body, false)).hasSize(20);
    assertThat(
            catchThrowableOfType(
                ContradictionException.class, () -> new LenientJson(ALL, 19).strict(body, false)))
        .hasMessage(
            "is larger than the 19 bytes that option 'maxResponseBytes' allows, once it is written"
                + " as JSON");
  }

  @Test
  void anotherEncodingIsNamed() {
    byte[] body = "{\"a\":1}".getBytes(UTF_16LE);
    RecordScanner scanner = RecordScanner.ofLines(null).lenient(json(ALL));
    assertThat(catchThrowableOfType(ShapeException.class, () -> scanner.scan(body, false)))
        .hasMessage("is in UTF-16 or UTF-32, but only UTF-8 can be read");
  }

  /** What Jackson reads: NaN and its like are texts. */
  private static List<String> tokens(Set<Leniency> allowed, String body) throws IOException {
    JsonFactoryBuilder builder = new JsonFactoryBuilder();
    allowed.forEach(one -> builder.enable(one.feature()));
    JsonFactory factory = builder.build();
    List<String> tokens = new ArrayList<>();
    try (JsonParser parser = factory.createParser(body.getBytes(UTF_8))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
          String text = parser.getText().replace("+", "").replaceAll("INF$", "Infinity");
          tokens.add(JsonToken.VALUE_STRING + " " + text);
        } else {
          tokens.add(token + " " + parser.getText());
        }
      }
    }
    return tokens;
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(42);
    List<String> pieces =
        Arrays.asList(
            "'", "\"", "\\", "/", "*", "//", "{", "}", "[", "]", ",", ":", "a", "0", "-", "+", "I",
            "NaN", "INF", "\n", " ", "u00e9", "\u0001", "é");
    int read = 0;
    for (int i = 0; i < 300_000; i++) {
      StringBuilder body = new StringBuilder(random.nextBoolean() ? "[" : "{a:");
      for (int j = random.nextInt(6); j > 0; j--) {
        body.append(pieces.get(random.nextInt(pieces.size())));
      }
      body.append(body.charAt(0) == '[' ? "]" : "}");
      String text = body.toString();
      List<String> expected;
      try {
        expected = tokens(ALL, text);
      } catch (IOException e) {
        continue;
      }
      read++;
      try {
        assertThat(tokens(EnumSet.noneOf(Leniency.class), strict(ALL, text)))
            .as(text)
            .isEqualTo(expected);
      } catch (IOException | ShapeException e) {
        throw new AssertionError(text, e);
      }
    }
    assertThat(read).isGreaterThan(10_000);
  }
}
