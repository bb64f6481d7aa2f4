package io.reststream.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import io.reststream.core.offset.OffsetValue;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordScannerTest {

  /** What is looked for; null stands for an option that is not set. */
  private static RecordScanner scanner(String data, String record, String response, String next) {
    return new RecordScanner(
        path(data), path(record), path(response), PageFields.of(path(next)), List.of());
  }

  private static RecordScanner scanner(String data) {
    return scanner(data, null, null, null);
  }

  private static FieldPath path(String text) {
    return text == null ? null : FieldPath.parse(text);
  }

  private static ScannedPage scan(RecordScanner scanner, String json) throws ShapeException {
    return scanner.scan(json.getBytes(UTF_8), false);
  }

  private static List<String> records(ScannedPage page) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      records.add(new String(page.body(), page.start(i), page.end(i) - page.start(i), UTF_8));
    }
    return records;
  }

  private static List<String> offsets(ScannedPage page) {
    List<String> offsets = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      OffsetValue value = page.value(i);
      offsets.add(value == null ? null : value.text());
    }
    return offsets;
  }

  private static List<String> records(RecordScanner scanner, String json) throws ShapeException {
    return records(scan(scanner, json));
  }

  private static String problem(RecordScanner scanner, byte[] body) {
    return catchThrowableOfType(ShapeException.class, () -> scanner.scan(body, false)).getMessage();
  }

  private static String problem(RecordScanner scanner, String json) {
    return problem(scanner, json.getBytes(UTF_8));
  }

  // where the records are

  @ParameterizedTest
  @ValueSource(strings = {"payload.items", "/payload/items", "$.payload.items"})
  void dataFieldIsAPath(String data) throws ShapeException {
    String json =
        "{\"items\":[0],\"payload\":{\"x\":[3],\"items\":[{\"a\":1},{\"b\":[2]}],\"y\":4}}";
    assertThat(records(scanner(data), json)).containsExactly("{\"a\":1}", "{\"b\":[2]}");
  }

  @Test
  void dataFieldMayHaveDotsAndSlashesInAPointer() throws ShapeException {
    assertThat(records(scanner("/a.b/c~1d"), "{\"a.b\":{\"c/d\":[1]}}")).containsExactly("1");
  }

  @Test
  void numberInAPathIsAnIndexOrAName() throws ShapeException {
    assertThat(records(scanner("1.items"), "[{\"items\":[1]},{\"items\":[2]}]"))
        .containsExactly("2");
    assertThat(records(scanner("1.items"), "{\"0\":{\"items\":[1]},\"1\":{\"items\":[2]}}"))
        .containsExactly("2");
    assertThat(records(scanner("/1"), "[[1],[2,3],[4]]")).containsExactly("2", "3");
  }

  @Test
  void withoutDataFieldTheRecordsAreInDataOrABareArray() throws ShapeException {
    assertThat(records(scanner(null), "{\"x\":1,\"data\":[{\"a\":1}],\"y\":2}"))
        .containsExactly("{\"a\":1}");
    assertThat(records(scanner(null), "[{\"a\":1},{\"b\":2}]"))
        .containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThat(records(scanner(null), "{\"data\":null}")).isEmpty();
    assertThat(records(scanner(null), "[]")).isEmpty();
    assertThat(records(scanner(null), "{\"data\":[]}")).isEmpty();
  }

  @Test
  void withoutDataFieldAndDataTheObjectIsTheRecord() throws ShapeException {
    assertThat(records(scanner(null), " {\"id\":1,\"x\":{\"data\":[1]}} "))
        .containsExactly("{\"id\":1,\"x\":{\"data\":[1]}}");
    assertThat(records(scanner(null), "{}")).containsExactly("{}");
  }

  @Test
  void objectThatCarriesTheOffsetButNoDataIsAnEmptyPage() throws ShapeException {
    RecordScanner scanner = scanner(null, null, "next", null);
    assertThat(records(scanner, "{\"next\":\"a\"}")).isEmpty();
    assertThat(records(scanner, "{\"next\":null}")).isEmpty();
    assertThat(records(scanner, "{\"other\":1}")).containsExactly("{\"other\":1}");
  }

  @Test
  void offsetOutsideOfTheBodyMakesOnlyABodyWithoutAnythingAnEmptyPage() throws ShapeException {
    for (RecordScanner scanner : List.of(scanner(null), scanner("items"))) {
      assertThat(scanner.scan(" { \n} ".getBytes(UTF_8), true).size()).isZero();
    }
    assertThat(scanner("items").scan("{\"items\":null}".getBytes(UTF_8), true).size()).isZero();
    assertThat(records(scanner(null).scan("{\"ok\":1}".getBytes(UTF_8), true)))
        .containsExactly("{\"ok\":1}");
    assertThatThrownBy(() -> scanner("items").scan("{\"error\":1}".getBytes(UTF_8), true))
        .isInstanceOf(ShapeException.class)
        .hasMessage("has no field 'items' (option 'dataField'); its fields are: error");
    assertThatThrownBy(() -> scanner("items").scan("[1]".getBytes(UTF_8), true))
        .isInstanceOf(ShapeException.class)
        .hasMessage("has no field 'items' (option 'dataField'); it is an array");
  }

  @Test
  void singleObjectWhereAnArrayWasExpectedIsOneRecord() throws ShapeException {
    RecordScanner scanner = scanner("item", "id", null, null);
    ScannedPage page = scan(scanner, "{\"item\": {\"id\": 7, \"x\": [1]} , \"y\":1}");
    assertThat(records(page)).containsExactly("{\"id\": 7, \"x\": [1]}");
    assertThat(offsets(page)).containsExactly("7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\":[1,2]}", "[1, 2]", "{}", "\"text\"", "12", "null", "true"})
  void emptyDataFieldIsTheWholeResponseAsOneRecord(String json) throws ShapeException {
    assertThat(records(scanner(""), "\n\t " + json + " \r\n")).containsExactly(json);
    assertThat(records(scanner("$"), json)).containsExactly(json);
  }

  @Test
  void wholeResponseMayHoldTheOffset() throws ShapeException {
    RecordScanner scanner = scanner("", "meta.ts", "meta.ts", "next");
    ScannedPage page = scan(scanner, "{\"next\":\"n\",\"meta\":{\"ts\":5},\"data\":[1]}");
    assertThat(page.size()).isEqualTo(1);
    assertThat(offsets(page)).containsExactly("5");
    assertThat(page.offset()).isEqualTo(new ScannedPage.Scalar("5", true));
    assertThat(page.next()).isEqualTo(new ScannedPage.Scalar("n", false));
  }

  @Test
  void scalarsArraysAndNullsAreRecords() throws ShapeException {
    assertThat(records(scanner(null), "[1, \"a, b\" ,null,true , -2.50e+3,[ 1 ] ,\"\"]"))
        .containsExactly("1", "\"a, b\"", "null", "true", "-2.50e+3", "[ 1 ]", "\"\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"events\":[1],\"next\":2} | has no field 'items' (option 'dataField'); its fields are:"
            + " events, next",
        "{\"items\":null,\"next\":2} | has null in the field 'items' (option 'dataField'); its"
            + " fields are: items, next",
        "{} | has no field 'items' (option 'dataField'); it has no fields",
        "[{\"items\":1}] | has no field 'items' (option 'dataField'); it is an array",
        "5 | has no field 'items' (option 'dataField'); it is a number",
        "{\"items\":\"none\"} | has a text in the field 'items', but an array of records was"
            + " expected",
        "{\"items\":0} | has a number in the field 'items', but an array of records was expected",
        "{\"items\":false} | has a boolean in the field 'items', but an array of records was"
            + " expected",
        "{\"items\":[1],\"items\":[2]} | has the field 'items' twice",
        "{\"items\":null,\"items\":[2]} | has the field 'items' twice",
      })
  void absentOrStrangeDataIsAnError(String json, String problem) {
    assertThat(problem(scanner("items"), json)).isEqualTo(problem);
  }

  @Test
  void absentOrNullDataIsAnEmptyPageWhereTheResponseCarriesTheOffset() throws ShapeException {
    RecordScanner scanner = scanner("items", null, "meta.next", null);
    assertThat(records(scanner, "{\"meta\":{\"next\":\"a\"}}")).isEmpty();
    assertThat(records(scanner, "{\"items\":null,\"meta\":{\"next\":null}}")).isEmpty();
    assertThat(problem(scanner, "{\"meta\":{\"last\":1}}"))
        .isEqualTo("has no field 'items' (option 'dataField'); its fields are: meta");
  }

  /** X leaves the records out of an empty page: {"meta":{"result_count":0}}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"meta\":{\"count\":0}}",
        "{\"items\":null,\"meta\":{\"count\":0}}",
        "{\"more\":false}",
        "{\"total\":0}"
      })
  void withoutDataAndAnyArrayAPageThatSaysItIsTheLastIsEmpty(String json) throws ShapeException {
    assertThat(records(ending(), json)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"meta\":{\"count\":0},\"itmes\":[1]}",
        "{\"meta\":{\"count\":1}}",
        "{\"more\":true}",
        "{\"error\":\"busy\"}"
      })
  void withoutDataAPageThatMayHoldRecordsIsAnError(String json) {
    assertThat(problem(ending(), json)).startsWith("has no field 'items' (option 'dataField')");
  }

  /** A condition that absence meets says nothing about an answer that is no page at all. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{\"error\":\"busy\"}"})
  void withoutDataAPageThatIsTheLastForWhatItLacksIsAnError(String json) {
    PageFields fields =
        new PageFields(null, null, null, null, List.of(Condition.parse("more!=true")));
    RecordScanner scanner = new RecordScanner(path("items"), null, null, fields, List.of());
    assertThat(problem(scanner, json)).contains("'items' (option 'dataField')");
  }

  private static RecordScanner ending() {
    Condition last = Condition.parse("meta.count=0");
    PageFields fields = new PageFields(null, path("more"), path("total"), null, List.of(last));
    return new RecordScanner(path("items"), null, null, fields, List.of());
  }

  @Test
  void oneFieldMayBeBothTheOffsetAndTheNextPage() throws ShapeException {
    ScannedPage page =
        scan(
            scanner("items", null, "after_url", "after_url"),
            "{\"items\":[1],\"after_url\":\"u\"}");
    assertThat(page.offset()).isEqualTo(new ScannedPage.Scalar("u", false));
    assertThat(page.next()).isEqualTo(new ScannedPage.Scalar("u", false));
    assertThat(page.offsetSeen()).isTrue();
  }

  @Test
  void manyAndLongNamesAreCutInMessages() {
    StringBuilder json = new StringBuilder("{\"" + "n".repeat(100) + "\":1");
    for (int i = 1; i < 30; i++) {
      json.append(",\"f").append(i).append("\":1");
    }
    assertThat(problem(scanner("items"), json.append("}").toString()))
        .contains("its fields are: " + "n".repeat(60) + "..., f1, ")
        .endsWith(", f18, f19, ...");
  }

  @ParameterizedTest
  @CsvSource({"5, a number", "'\"x\"', a text", "null, null", "true, a boolean"})
  void scalarIsNoResponse(String json, String what) {
    assertThat(problem(scanner(null), json))
        .isEqualTo("is " + what + ", but an array or an object was expected");
  }

  // the offset and the next page

  @Test
  void offsetAndNextPageStandBeforeOrAfterTheRecords() throws ShapeException {
    RecordScanner scanner = scanner("data", "id", "meta.latest", "links.next");
    for (String json :
        List.of(
            "{\"meta\":{\"latest\":9},\"links\":{\"next\":\"n\"},\"data\":[{\"id\":1}]}",
            "{\"data\":[{\"id\":1}],\"links\":{\"a\":[1],\"next\":\"n\"},\"meta\":{\"latest\":9}}")) {
      ScannedPage page = scan(scanner, json);
      assertThat(offsets(page)).containsExactly("1");
      assertThat(page.offset()).isEqualTo(new ScannedPage.Scalar("9", true));
      assertThat(page.next()).isEqualTo(new ScannedPage.Scalar("n", false));
    }
  }

  @Test
  void offsetMayStandBelowTheOneRecord() throws ShapeException {
    ScannedPage page =
        scan(scanner("data", null, "data.next", null), "{\"data\":{\"a\":1,\"next\":\"n\"}}");
    assertThat(records(page)).containsExactly("{\"a\":1,\"next\":\"n\"}");
    assertThat(page.offset()).isEqualTo(new ScannedPage.Scalar("n", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "/3"})
  void positionalArraysHaveTheirOffsetAtAnIndex(String offset) throws ShapeException {
    ScannedPage page =
        scan(
            scanner("states", offset, null, null),
            "{\"time\":5,\"states\":[[\"a\",null,[9,9,9,9],17,1],[\"b\",1,{\"3\":0},18],[1]]}");
    assertThat(offsets(page)).containsExactly("17", "18", null);
    assertThat(records(page).get(2)).isEqualTo("[1]");
  }

  @Test
  void offsetOfARecordIsFoundWhereverItStands() throws ShapeException {
    ScannedPage page =
        scan(
            scanner(null, "meta.ts", null, null),
            "[{\"x\":{\"ts\":1},\"meta\":{\"y\":[{\"ts\":2}],\"ts\":3,\"z\":{}},\"w\":[[]]},"
                + "{\"meta\":{\"ts\":\"4\"}},{\"meta\":{}},{\"meta\":5},{\"meta\":[1]},{},"
                + "{\"meta\":{\"ts\":null}},{\"meta\":{\"ts\":\"\"}},{\"meta\":{\"ts\":true}},"
                + "{\"meta\":{\"ts\":{\"a\":1}}},{\"meta\":{\"ts\":[5]}},{\"meta\":{\"ts\":6}}]");
    assertThat(offsets(page))
        .containsExactly("3", "4", null, null, null, null, null, null, null, null, "[5]", "6");
    assertThat(page.size()).isEqualTo(12);
  }

  @Test
  void idsKeepAllTheirDigits() throws ShapeException {
    ScannedPage page =
        scan(
            scanner(null, "id", null, null),
            "[{\"id\":9007199254740993},{\"id\":9223372036854775807},{\"id\":9223372036854775808},"
                + "{\"id\":123456789012345678901234567890},{\"id\":1.10},{\"id\":-3}]");
    assertThat(offsets(page))
        .containsExactly(
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "123456789012345678901234567890",
            "1.10",
            "-3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1001", "1e-1001", "-1e999999999", "1e99999999999"})
  void absurdExponentIsAnError(String number) {
    assertThat(problem(scanner(null, "id", null, null), "[{\"id\":" + number + "}]"))
        .isEqualTo("has an offset with too many digits: " + number);
  }

  @Test
  void ofANameTwiceInARecordTheFirstCounts() throws ShapeException {
    assertThat(offsets(scan(scanner(null, "id", null, null), "[{\"id\":1,\"id\":2}]")))
        .containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"next\":{},\"data\":[]} | has an object in its own field for the next page, but a text"
            + " or a number was expected",
        "{\"next\":true,\"data\":[]} | has a boolean in its own field for the next page, but a text"
            + " or a number was expected",
        "{\"latest\":[1],\"data\":[]} | has an array in its own field for the offset, but a text or"
            + " a number was expected",
      })
  void offsetAndNextPageAreScalars(String json, String problem) {
    assertThat(problem(scanner("data", null, "latest", "next"), json)).isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "false"})
  void noNextPageIsNullOrFalse(String value) throws ShapeException {
    ScannedPage page =
        scan(scanner("data", null, null, "next"), "{\"next\":" + value + ",\"data\":[]}");
    assertThat(page.next()).isNull();
    assertThat(page.nextSeen()).isTrue();
    assertThat(scan(scanner("data", null, null, "next"), "{\"data\":[]}").nextSeen()).isFalse();
  }

  // bytes

  @Test
  void recordsKeepEveryByte() throws ShapeException {
    String first = "{ \"t\" : \"Grüße, 世界 🚲 \\u00e9\\n\\\"\\/\" ,\n\t\"n\":1.50, \"ключ\":1E+2 }";
    String second = "{\"id\":12345678901234567890123,\"x\":-0.0}";
    assertThat(records(scanner(null), "[\n" + first + " ,\r\n " + second + "\n]"))
        .containsExactly(first, second);
  }

  @Test
  void byteOrderMarkIsPassedOver() throws ShapeException {
    RecordScanner scanner = scanner(null, "id", null, null);
    ScannedPage page = scan(scanner, "\uFEFF[{\"id\":1},{\"id\":\"é\"}]");
    assertThat(records(page)).containsExactly("{\"id\":1}", "{\"id\":\"é\"}");
    assertThat(offsets(page)).containsExactly("1", "é");
    assertThat(records(scanner(""), "\uFEFF{\"a\":1}")).containsExactly("{\"a\":1}");
    assertThat(records(scanner("a", "b", null, null), "\uFEFF{\"a\":{\"b\":1}}"))
        .containsExactly("{\"b\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
  void onlyUtf8CanBeRead(String charset) {
    byte[] body = "{\"data\":[{\"id\":1}]}".getBytes(Charset.forName(charset));
    assertThat(problem(scanner(null), body))
        .isEqualTo("is in UTF-16 or UTF-32, but only UTF-8 can be read");
  }

  @Test
  void latin1IsNoUtf8() {
    byte[] body = "{\"data\":[{\"name\":\"Grüße\"}]}".getBytes(Charset.forName("ISO-8859-1"));
    assertThat(problem(scanner(null), body))
        .isEqualTo("is not JSON; it begins with '{\"data\":[{\"name\":\"Gr e\"}]}'");
  }

  @Test
  void deepNestingHasALimit() throws ShapeException {
    String deep = "[".repeat(900) + "]".repeat(900);
    assertThat(records(scanner(null), "[" + deep + "]")).containsExactly(deep);
    assertThatThrownBy(() -> scan(scanner(null), "[".repeat(100_000)))
        .isInstanceOf(ContradictionException.class)
        .hasMessageStartingWith("is beyond a limit: ")
        .hasMessageContaining("1000");
    assertThatThrownBy(() -> scan(scanner(null), "[" + "1".repeat(1_001) + "]"))
        .isInstanceOf(ContradictionException.class)
        .hasMessageStartingWith("is beyond a limit: ");
  }

  // what is not JSON

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n\t ", "\uFEFF"})
  void emptyBodyIsAnError(String body) {
    assertThat(problem(scanner(null), body))
        .isEqualTo("is empty, but a JSON document was expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html><body>Please log in</body></html>", "\uFEFF \n<html><body>Please log in"})
  void htmlIsNamed(String body) {
    assertThat(problem(scanner(null), body))
        .startsWith("is HTML or XML, not JSON; it begins with '<html><body>Please log in");
  }

  @Test
  void textThatIsNotJsonIsShown() {
    assertThat(problem(scanner(null), "Service\r\n unavailable"))
        .isEqualTo("is not JSON; it begins with 'Service unavailable'");
    String good = "{\"data\":[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4}";
    assertThat(problem(scanner(null), good + ",{id:5}]}"))
        .isEqualTo(
            "is not JSON at byte 47, near ',{\"id\":2},{\"id\":3},{\"id\":4},{id:5}]}'; to read"
                + " it, set 'allowUnquotedFieldNames' to 'true'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] x | is not JSON; it begins with '[1] x'",
        "[1]] | is not JSON; it begins with '[1]]'",
        "{\"a\":1}{\"a\":2} | goes on after its end, at byte 7",
        "[] 5 | goes on after its end, at byte 3",
      })
  void nothingFollowsTheDocument(String json, String problem) {
    assertThat(problem(scanner(null), json)).isEqualTo(problem);
    assertThat(problem(scanner(""), json)).isEqualTo(problem);
  }

  @Test
  void bodyCutOffAtAnyByteIsNeverTakenForWhole() throws ShapeException {
    String whole =
        "\uFEFF {\"meta\":{\"next\":\"n\\u00e9\"},\"data\":[{\"id\":1,\"t\":\"ü🚲\\n"
            + "\"},{\"id\":2.5e1},{\"x\":null,\"id\":[true,false,\"3\"]}],\"more\":-12.0}";
    byte[] body = whole.getBytes(UTF_8);
    List<RecordScanner> scanners =
        List.of(
            scanner(null, "id", "meta.next", null),
            scanner("data", "id", null, "meta.next"),
            scanner("", "meta.next", null, null),
            scanner("more", null, null, null));
    for (RecordScanner scanner : scanners.subList(0, 3)) {
      for (int length = 0; length < body.length; length++) {
        byte[] cut = Arrays.copyOf(body, length);
        assertThat(problem(scanner, cut))
            .as("after %d bytes", length)
            .matches("(?s)is (not whole JSON|not JSON|empty).*");
      }
      assertThat(scanner.scan(body, false).size()).isPositive();
    }
    assertThat(problem(scanners.get(0), Arrays.copyOf(body, 40)))
        .isEqualTo("is not whole JSON: it ends after 40 bytes, in the middle");
  }

  @Test
  void anyBitChangedIsNeverMoreThanAShapeException() throws ShapeException {
    byte[] body =
        "{\"next\":\"n\",\"data\":[{\"id\":1,\"t\":\"ü\"},{\"id\":\"2\"}]}".getBytes(UTF_8);
    RecordScanner scanner = scanner("data", "id", "next", null);
    int refusals = 0;
    for (int at = 0; at < body.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] changed = body.clone();
        changed[at] ^= (byte) (1 << bit);
        try {
          ScannedPage page = scanner.scan(changed, false);
          for (int i = 0; i < page.size(); i++) {
            boolean within =
                0 <= page.start(i) && page.start(i) < page.end(i) && page.end(i) < changed.length;
            if (!within) {
              fail("record %d of %s".formatted(i, new String(changed, UTF_8)));
            }
          }
        } catch (ShapeException refused) {
          refusals++;
        }
      }
    }
    assertThat(refusals).isPositive();
  }
}
