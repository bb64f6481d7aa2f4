package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.reststream.core.offset.TimeFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scans a response once and finds its records, without building a tree: they stay slices of the
 * bytes that came.
 *
 * <p>Where the records are: in the field {@code data}; if that is not set, in {@code data}, in a
 * bare array, or the object itself is the one record. An object where an array was expected is one
 * record. An object that carries the offset's field but no data is an empty page, and so is one
 * that says that nothing follows and holds no array at all.
 *
 * <p>Or each line of the response is a record (newline-delimited JSON), and there is nothing else.
 */
public final class RecordScanner {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int DATA = 0;
  private static final int OFFSET = 1;
  private static final int NEXT = 2;
  private static final FieldPath DEFAULT_DATA = new FieldPath(List.of("data"));

  private final @Nullable FieldPath data;
  private final PathTree response = new PathTree();
  private final PathTree record = new PathTree();
  private final List<Condition> errors;
  private final PageFields fields;
  private final boolean lines;
  private final boolean offsetIsNext;
  private LenientJson json = LenientJson.NOTHING;
  private List<FieldPath> offsetFields = List.of();
  private @Nullable TimeFormat offsetFormat;

  /**
   * A scanner of lines, each of them a record.
   *
   * @param recordOffset the offset's field within a record; null when records have none
   */
  public static RecordScanner ofLines(@Nullable FieldPath recordOffset) {
    return new RecordScanner(true, null, recordOffset, null, PageFields.NONE, List.of());
  }

  /**
   * A scanner for one kind of response.
   *
   * @param data the field of the records; null when it is not set, the root for the whole response
   * @param recordOffset the offset's field within a record; null when records have none
   * @param responseOffset the offset's field in the response; null when it has none
   * @param fields the fields that say what follows
   * @param errors conditions, any of which makes the response an error
   */
  public RecordScanner(
      @Nullable FieldPath data,
      @Nullable FieldPath recordOffset,
      @Nullable FieldPath responseOffset,
      PageFields fields,
      List<Condition> errors) {
    this(false, data, recordOffset, responseOffset, fields, errors);
  }

  private RecordScanner(
      boolean lines,
      @Nullable FieldPath data,
      @Nullable FieldPath recordOffset,
      @Nullable FieldPath responseOffset,
      PageFields fields,
      List<Condition> errors) {
    this.lines = lines;
    this.data = data;
    this.errors = errors;
    this.fields = fields;
    Watches.mark(response, errors, fields);
    if (data == null) {
      response.add(DEFAULT_DATA, DATA);
    } else if (!data.isRoot()) {
      response.add(data, DATA);
    }
    if (responseOffset != null && !responseOffset.isRoot()) {
      response.add(responseOffset, OFFSET);
    }
    offsetIsNext = fields.next() != null && fields.next().equals(responseOffset);
    if (fields.next() != null && !offsetIsNext) {
      response.add(fields.next(), NEXT);
    }
    if (recordOffset != null) {
      offsets(List.of(recordOffset), null);
    }
  }

  /**
   * Reads the offsets of records from one field, or from several that are one offset together.
   *
   * @param format how times are written; null where values are taken as they come
   */
  public RecordScanner offsets(List<FieldPath> fields, @Nullable TimeFormat format) {
    offsetFields = List.copyOf(fields);
    offsetFormat = format;
    for (int i = 0; i < fields.size(); i++) {
      record.add(fields.get(i), i);
    }
    return this;
  }

  /** Reads bodies that are not quite JSON, too. */
  public RecordScanner lenient(LenientJson allowed) {
    json = allowed;
    return this;
  }

  /**
   * Scans a body.
   *
   * @param offsetOutside whether the response carries its offset outside of the body, so that an
   *     empty object, or null in place of the records, is an empty page
   * @throws ReportedException if it says that it is an error
   * @throws ShapeException if it is not JSON, or its records cannot be found
   */
  public ScannedPage scan(byte[] body, boolean offsetOutside) throws ShapeException {
    Scan scan = new Scan(body, json.strict(body, lines), offsetOutside);
    try (JsonParser parser = JSON.createParser(scan.page.body())) {
      if (lines) {
        scan.lines(parser);
      } else {
        scan.document(parser);
      }
      return scan.page;
    } catch (ShapeException e) {
      scan.watch.throwIfMet();
      throw e;
    } catch (JsonProcessingException e) {
      throw json.problem(scan.page.body(), lines, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  /** One scan of one body. */
  private final class Scan {
    private final byte[] came;
    private final ScannedPage page;
    private final boolean offsetOutside;
    private final RecordOffset offsets = new RecordOffset(record, offsetFields, offsetFormat);
    private final Watches watch;
    private boolean dataSeen;
    private boolean dataNull;
    private int base; // where the part begins that is looked at for a second time

    Scan(byte[] came, byte[] body, boolean offsetOutside) {
      this.came = came;
      this.page = new ScannedPage(body);
      this.watch = new Watches(errors, fields, page);
      this.offsetOutside = offsetOutside;
    }

    void document(JsonParser parser) throws IOException, ShapeException {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new ShapeException(NotJson.EMPTY);
      }
      int start = start(parser);
      if (start < 0) {
        throw new ShapeException(NotJson.WIDE);
      }
      if (first == JsonToken.START_ARRAY && data == null) {
        array(parser);
        watch.throwIfMetAtTheEnd();
      } else if (data != null && data.isRoot()) {
        int end = descend(parser, first, response, true);
        watch.throwIfMetAtTheEnd();
        one(start, end);
      } else {
        int end = descend(parser, first, response, false);
        watch.throwIfMetAtTheEnd();
        if (!dataSeen) {
          withoutData(first, start, end);
        }
      }
      if (parser.nextToken() != null) {
        throw new ShapeException("goes on after its end, at byte " + json.second(came));
      }
    }

    /**
     * Lines, each of them a record; between two there is a line break, and within one there is
     * none.
     */
    void lines(JsonParser parser) throws IOException, ShapeException {
      int end = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        int start = start(parser);
        if (start < 0) {
          throw new ShapeException(NotJson.WIDE);
        }
        if (page.size() > 0 && !NdjsonLines.isBreakIn(page.body(), end, start)) {
          throw NdjsonLines.problem(page.body(), start, "holds more than one record");
        }
        element(parser, token);
        end = page.end(page.size() - 1);
        if (NdjsonLines.isBreakIn(page.body(), start, end)) {
          throw NdjsonLines.problem(
              page.body(), start, "begins a record that goes over several lines");
        }
      }
    }

    /** A response without the data's field: an empty page, one record, or an error. */
    private void withoutData(JsonToken first, int start, int end)
        throws IOException, ShapeException {
      boolean nothing = first == JsonToken.START_OBJECT && !holdsAnything(start, end);
      if (page.offsetSeen() || (offsetOutside && (dataNull || nothing))) {
        return;
      }
      if (data != null) {
        // An array of another name may be the records'.
        if (page.saysTheEnd() && !holdsArray(start, end)) {
          return;
        }
        throw new ShapeException(
            "has %s field '%s' (option 'dataField'); %s"
                .formatted(
                    dataNull ? "null in the" : "no",
                    data,
                    FieldNames.describe(page.body(), 0, page.body().length)));
      }
      if (first != JsonToken.START_OBJECT) {
        throw new ShapeException(
            "is %s, but an array or an object was expected".formatted(FieldNames.kind(first)));
      }
      one(start, end);
    }

    /** Whether there is an array anywhere. */
    private boolean holdsArray(int start, int end) throws IOException {
      try (JsonParser parser = JSON.createParser(page.body(), start, end - start)) {
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.START_ARRAY) {
          token = parser.nextToken();
        }
        return token != null;
      }
    }

    /** Whether anything stands between the brackets of an object or an array. */
    private boolean holdsAnything(int start, int end) {
      for (int i = start + 1; i < end - 1; i++) {
        if (!isSpace(page.body()[i])) {
          return true;
        }
      }
      return false;
    }

    /**
     * Walks a value of the response, its first token just read, and takes what the tree looks for.
     * Gives where the value ends.
     */
    private int descend(JsonParser parser, JsonToken token, PathTree node, boolean root)
        throws IOException, ShapeException {
      if (node.watched().length == 0) {
        return walk(parser, token, node, root);
      }
      int start = start(parser);
      String text = token.isScalarValue() ? parser.getText() : null;
      int end = walk(parser, token, node, root);
      watch.see(node.watched(), token, text, holdsAnything(start, end));
      return end;
    }

    private int walk(JsonParser parser, JsonToken token, PathTree node, boolean root)
        throws IOException, ShapeException {
      if (node.target() == DATA) {
        return data(parser, token, node);
      }
      if (node.target() >= 0) {
        scalar(parser, token, node);
      }
      if (!node.hasChildren() && !root) {
        parser.skipChildren();
        return end(parser);
      }
      if (token == JsonToken.START_OBJECT) {
        members(parser, node);
      } else if (token == JsonToken.START_ARRAY) {
        int index = 0;
        for (JsonToken value = parser.nextToken();
            value != JsonToken.END_ARRAY;
            value = parser.nextToken()) {
          PathTree child = node.child(index++);
          if (!node.selected().isEmpty()) {
            element(parser, child, node);
          } else if (child == null) {
            parser.skipChildren();
          } else {
            descend(parser, value, child, false);
          }
        }
      }
      return end(parser);
    }

    private void members(JsonParser parser, PathTree node) throws IOException, ShapeException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        PathTree child = node.child(parser.currentName());
        JsonToken value = parser.nextToken();
        if (child == null) {
          parser.skipChildren();
        } else {
          descend(parser, value, child, false);
        }
      }
    }

    /** An element in which something is looked for if one of its fields has some value. */
    private void element(JsonParser parser, @Nullable PathTree byIndex, PathTree array)
        throws IOException, ShapeException {
      int start = start(parser);
      parser.skipChildren();
      int end = end(parser);
      if (byIndex != null) {
        again(start, end, byIndex);
      }
      for (Map.Entry<ElementSelector, PathTree> selected : array.selected().entrySet()) {
        if (selected.getKey().matches(page.body(), start, end)) {
          again(start, end, selected.getValue());
        }
      }
    }

    private void again(int start, int end, PathTree node) throws IOException, ShapeException {
      int outer = base;
      base = start;
      try (JsonParser parser = JSON.createParser(page.body(), start, end - start)) {
        descend(parser, parser.nextToken(), node, false);
      }
      base = outer;
    }

    /** The value of the data's field. */
    private int data(JsonParser parser, JsonToken token, PathTree node)
        throws IOException, ShapeException {
      if (dataSeen || dataNull) {
        throw new ShapeException("has the field '%s' twice".formatted(dataName()));
      }
      switch (token) {
        case START_ARRAY -> {
          dataSeen = true;
          array(parser);
        }
        case START_OBJECT -> {
          dataSeen = true;
          int start = start(parser);
          members(parser, node);
          one(start, end(parser));
        }
        case VALUE_NULL -> {
          dataSeen = data == null;
          dataNull = true;
        }
        default ->
            throw new ShapeException(
                "has %s in the field '%s', but an array of records was expected"
                    .formatted(FieldNames.kind(token), dataName()));
      }
      return end(parser);
    }

    private FieldPath dataName() {
      return data == null ? DEFAULT_DATA : data;
    }

    private void scalar(JsonParser parser, JsonToken token, PathTree node)
        throws IOException, ShapeException {
      if (token.isStructStart() && node.hasChildren()) {
        return;
      }
      boolean offset = node.target() == OFFSET;
      ScannedPage.Scalar value = OwnValue.read(parser, token, offset ? "offset" : "next page");
      if (offset) {
        page.offset(value);
      }
      if (!offset || offsetIsNext) {
        page.next(value);
      }
    }

    private void array(JsonParser parser) throws IOException, ShapeException {
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        element(parser, token);
      }
    }

    /** One record, its first token just read. */
    private void element(JsonParser parser, JsonToken token) throws IOException, ShapeException {
      int index = page.begin(start(parser));
      if (record.hasChildren()) {
        page.value(index, offsets.find(parser, token, page.body(), page.start(index)));
      } else {
        parser.skipChildren();
      }
      page.end(index, end(parser));
    }

    /** The whole of a value as the one record. */
    private void one(int start, int end) throws IOException, ShapeException {
      int index = page.begin(start);
      page.end(index, end);
      if (record.hasChildren()) {
        try (JsonParser parser = JSON.createParser(page.body(), start, end - start)) {
          page.value(index, offsets.find(parser, parser.nextToken(), page.body(), start));
        }
      }
    }

    private int start(JsonParser parser) {
      int offset = (int) parser.currentTokenLocation().getByteOffset();
      return offset < 0 ? offset : base + offset;
    }

    private int end(JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        parser.finishToken();
      }
      int end = base + (int) parser.currentLocation().getByteOffset();
      boolean spaceAfterNumber =
          parser.getParsingContext().inRoot() && isSpace(page.body()[end - 1]);
      return spaceAfterNumber ? end - 1 : end;
    }
  }

  /** The parser reads one space more after a number that is the whole document. */
  private static boolean isSpace(byte character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }
}
