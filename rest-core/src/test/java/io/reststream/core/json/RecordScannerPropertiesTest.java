package io.reststream.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.reststream.core.offset.OffsetValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scan finds what Jackson's tree holds, for any document and any paths. */
class RecordScannerPropertiesTest {
  private static final int DOCUMENTS = 60;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final List<String> DATA_PATHS = List.of("data", "a.data", "/x.y", "é.0.id");
  private static final List<String> RECORD_PATHS = List.of("id", "a.ts", "3", "é.0", "/x.y");
  private static final List<String> NEXT_PATHS = List.of("next", "meta.next", "meta.links.0");

  static IntStream seeds() {
    return IntStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsWhatTheTreeHolds(int seed) throws IOException, ShapeException {
    JsonText text = new JsonText(new Random(seed));
    for (int document = 0; document < DOCUMENTS; document++) {
      FieldPath data = FieldPath.parse(text.pick(DATA_PATHS));
      FieldPath offset = FieldPath.parse(text.pick(RECORD_PATHS));
      FieldPath next = FieldPath.parse(text.pick(NEXT_PATHS));
      List<String> records = new ArrayList<>();
      for (int i = text.pick(List.of(0, 1, 2, 100)); i > 0; i--) {
        records.add(text.value(3));
      }
      String body = document(text, data, text.array(records), next, text.value(0));
      byte[] bytes = body.getBytes(UTF_8);
      JsonNode tree = JSON.readTree(bytes);
      JsonNode nextNode = at(tree, next);
      if (nextNode.isBoolean() && nextNode.booleanValue()) {
        continue;
      }
      ScannedPage page =
          new RecordScanner(data, offset, null, PageFields.of(next), List.of()).scan(bytes, false);
      assertThat(texts(page)).as(body).isEqualTo(records);
      assertThat(nextOf(page)).as(body).isEqualTo(expected(nextNode));
      for (int i = 0; i < records.size(); i++) {
        JsonNode record = at(tree, data).get(i);
        assertThat(JSON.readTree(texts(page).get(i))).as(body).isEqualTo(record);
        assertThat(page.value(i)).as(body).isEqualTo(expected(at(record, offset)));
      }
    }
  }

  private static OffsetValue nextOf(ScannedPage page) {
    ScannedPage.Scalar next = page.next();
    if (next == null || next.text().isEmpty()) {
      return null;
    }
    return next.number() ? OffsetValue.ofNumber(next.text()) : OffsetValue.ofText(next.text());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsTheWholeOfADocument(int seed) throws IOException, ShapeException {
    JsonText text = new JsonText(new Random(seed));
    for (int document = 0; document < DOCUMENTS; document++) {
      String value = text.value(4);
      String body = text.space() + value + text.space();
      FieldPath offset = FieldPath.parse(text.pick(RECORD_PATHS));
      ScannedPage page =
          new RecordScanner(FieldPath.parse(""), offset, null, PageFields.NONE, List.of())
              .scan(body.getBytes(UTF_8), false);
      assertThat(texts(page)).containsExactly(value);
      assertThat(page.value(0)).as(body).isEqualTo(expected(at(JSON.readTree(body), offset)));
    }
  }

  /** An object with the two values at their places, other members around them. */
  private static String document(
      JsonText text, FieldPath data, String dataValue, FieldPath next, String nextValue) {
    List<String> members = new ArrayList<>();
    members.add(nested(text, data.segments(), dataValue));
    members.add(nested(text, next.segments(), nextValue));
    members.add(text.member("other", text.value(3)));
    Collections.rotate(members, text.pick(List.of(0, 1, 2)));
    return text.space() + text.object(members) + text.space();
  }

  private static String nested(JsonText text, List<String> segments, String value) {
    String inner = value;
    for (int i = segments.size() - 1; i > 0; i--) {
      inner =
          segments.get(i).equals("0") && text.pick(List.of(true, false))
              ? text.array(List.of(inner, text.value(1)))
              : text.object(
                  List.of(
                      text.member("before", text.value(1)),
                      text.member(segments.get(i), inner),
                      text.member("after", text.value(1))));
    }
    return text.member(segments.get(0), inner);
  }

  private static JsonNode at(JsonNode root, FieldPath path) {
    JsonNode node = root;
    for (String segment : path.segments()) {
      boolean index = node.isArray() && segment.matches("\\d+");
      node = index ? node.path(Integer.parseInt(segment)) : node.path(segment);
    }
    return node;
  }

  private static OffsetValue expected(JsonNode node) {
    if (node instanceof MissingNode) {
      return null;
    }
    if (node.isNumber()) {
      return OffsetValue.ofNumber(node.decimalValue().toString());
    }
    if (node.isArray() && !node.isEmpty()) {
      boolean values = true;
      for (JsonNode element : node) {
        values &= element.isNumber() || element.isTextual();
      }
      return values ? OffsetValue.ofArray(node.toString()) : null;
    }
    return node.isTextual() && !node.textValue().isEmpty()
        ? OffsetValue.ofText(node.textValue())
        : null;
  }

  private static List<String> texts(ScannedPage page) {
    return IntStream.range(0, page.size())
        .mapToObj(i -> new String(page.body(), page.start(i), page.end(i) - page.start(i), UTF_8))
        .toList();
  }
}
