package io.reststream.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body of lines, each of them a record. */
class NdjsonTest {
  private static final RecordScanner SCANNER = RecordScanner.ofLines(FieldPath.parse("meta.id"));

  private static List<String> records(String body) throws ShapeException {
    ScannedPage page = SCANNER.scan(body.getBytes(UTF_8), false);
    List<String> records = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      records.add(new String(page.body(), page.start(i), page.end(i) - page.start(i), UTF_8));
    }
    return records;
  }

  private static String problem(byte[] body) {
    return catchThrowableOfType(ShapeException.class, () -> SCANNER.scan(body, false)).getMessage();
  }

  private static String problem(String body) {
    return problem(body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}\n{\"b\":[2]}\n",
        "{\"a\":1}\n{\"b\":[2]}",
        "{\"a\":1}\r\n{\"b\":[2]}\r\n",
        "\n\r\n{\"a\":1}\n\n \t\n{\"b\":[2]}\n\n",
        "\uFEFF{\"a\":1} \n  {\"b\":[2]}  ",
      })
  void eachLineIsARecord(String body) throws ShapeException {
    assertThat(records(body)).containsExactly("{\"a\":1}", "{\"b\":[2]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n \t\n"})
  void bodyWithoutALineIsAnEmptyPage(String body) throws ShapeException {
    assertThat(records(body)).isEmpty();
  }

  @Test
  void recordIsAnyValueAndKeepsItsBytes() throws ShapeException {
    assertThat(records("{ \"t\":\"Grüße 🚲 \\n\" }\n[1, 2]\n12\n-1.50e+3\n\"x\"\nnull\ntrue\n7"))
        .containsExactly(
            "{ \"t\":\"Grüße 🚲 \\n\" }", "[1, 2]", "12", "-1.50e+3", "\"x\"", "null", "true", "7");
  }

  @Test
  void offsetsAreThoseOfTheRecords() throws ShapeException {
    ScannedPage page =
        SCANNER.scan(
            "{\"meta\":{\"id\":5}}\n{\"data\":[],\"meta\":{\"id\":\"6\"}}\n{}".getBytes(UTF_8),
            false);
    assertThat(page.value(0).text()).isEqualTo("5");
    assertThat(page.value(1).text()).isEqualTo("6");
    assertThat(page.value(2)).isNull();
    assertThat(page.offsetSeen()).isFalse();
    assertThat(page.nextSeen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}~{} {} | is not newline-delimited JSON: line 2 holds more than one record (option"
            + " 'responseFormat')",
        "1 2 | is not newline-delimited JSON: line 1 holds more than one record (option"
            + " 'responseFormat')",
        "{}~~{~} | is not newline-delimited JSON: line 3 begins a record that goes over several lines"
            + " (option 'responseFormat')",
        "[~{}~] | is not newline-delimited JSON: line 1 begins a record that goes over several lines"
            + " (option 'responseFormat')",
        "\uFEFF | is empty, but a JSON document was expected",
        "<html>~ | is HTML or XML, not JSON; it begins with '<html>'",
        "{}~oops | is not JSON; it begins with '{} oops'",
      })
  void anythingElseIsAnError(String body, String problem) {
    assertThat(problem(body.replace('~', '\n'))).isEqualTo(problem);
  }

  @Test
  void bodyCutOffWithinALineIsAnErrorOfTheWholePage() throws ShapeException {
    byte[] body = "{\"id\":1,\"t\":\"ü\"}\n{\"id\":2,\"x\":[true]}\n{\"id\":3}\n".getBytes(UTF_8);
    int whole = 0;
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      boolean atTheEndOfALine = length == 0 || body[length] == '\n' || body[length - 1] == '\n';
      if (atTheEndOfALine) {
        whole++;
        SCANNER.scan(cut, false);
      } else {
        assertThat(problem(cut)).as("after %d bytes", length).startsWith("is not ");
      }
    }
    assertThat(whole).isEqualTo(6);
    assertThat(problem("{\"id\":1}\n{\"id\":"))
        .isEqualTo("is not whole JSON: it ends after 15 bytes, in the middle");
  }

  @Test
  void otherEncodingIsNamed() {
    assertThat(problem("{\"a\":1}\n".getBytes(StandardCharsets.UTF_16LE)))
        .isEqualTo("is in UTF-16 or UTF-32, but only UTF-8 can be read");
  }
}
