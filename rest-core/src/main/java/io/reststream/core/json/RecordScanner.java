package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.reststream.core.offset.OffsetValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scans a response once and finds its records, without building a tree: they stay slices of the
 * bytes that came.
 *
 * <p>Where the records are: in the field {@code data}; if that is not set, in {@code data}, in a
 * bare array, or the object itself is the one record. An object where an array was expected is one
 * record. An object that carries the offset's field but no data is an empty page.
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

  /**
   * A scanner for one kind of response.
   *
   * @param data the field of the records; null when it is not set, the root for the whole response
   * @param recordOffset the offset's field within a record; null when records have none
   * @param responseOffset the offset's field in the response; null when it has none
   * @param next the next page's field in the response; null when it has none
   */
  public RecordScanner(
      @Nullable FieldPath data,
      @Nullable FieldPath recordOffset,
      @Nullable FieldPath responseOffset,
      @Nullable FieldPath next) {
    this.data = data;
    if (data == null) {
      response.add(DEFAULT_DATA, DATA);
    } else if (!data.isRoot()) {
      response.add(data, DATA);
    }
    if (responseOffset != null && !responseOffset.isRoot()) {
      response.add(responseOffset, OFFSET);
    }
    if (next != null) {
      response.add(next, NEXT);
    }
    if (recordOffset != null) {
      record.add(recordOffset, OFFSET);
    }
  }

  /**
   * Scans a body.
   *
   * @throws ShapeException if it is not JSON, or its records cannot be found
   */
  public ScannedPage scan(byte[] body) throws ShapeException {
    Scan scan = new Scan(body);
    try (JsonParser parser = JSON.createParser(body)) {
      scan.document(parser);
      return scan.page;
    } catch (JsonProcessingException e) {
      throw new ShapeException(NotJson.describe(body, e), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  /** One scan of one body. */
  private final class Scan {
    private final ScannedPage page;
    private boolean dataSeen;
    private boolean dataNull;

    Scan(byte[] body) {
      page = new ScannedPage(body);
    }

    void document(JsonParser parser) throws IOException, ShapeException {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new ShapeException("is empty, but a JSON document was expected");
      }
      int start = start(parser);
      if (first == JsonToken.START_ARRAY && data == null) {
        array(parser);
      } else if (data != null && data.isRoot()) {
        one(start, descend(parser, first, response, true));
      } else {
        int end = descend(parser, first, response, false);
        if (!dataSeen) {
          withoutData(first, start, end);
        }
      }
      JsonToken more = parser.nextToken();
      if (more != null) {
        throw new ShapeException(
            "goes on after its end, at byte " + parser.currentTokenLocation().getByteOffset());
      }
    }

    /** A response without the data's field: an empty page, one record, or an error. */
    private void withoutData(JsonToken first, int start, int end) throws ShapeException {
      if (page.offsetSeen()) {
        return;
      }
      if (data != null) {
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

    /**
     * Walks a value of the response, its first token just read, and takes what the tree looks for.
     * Gives where the value ends.
     */
    private int descend(JsonParser parser, JsonToken token, PathTree node, boolean root)
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
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          PathTree child = node.child(parser.currentName());
          JsonToken value = parser.nextToken();
          if (child == null) {
            parser.skipChildren();
          } else {
            descend(parser, value, child, false);
          }
        }
      } else if (token == JsonToken.START_ARRAY) {
        int index = 0;
        for (JsonToken value = parser.nextToken();
            value != JsonToken.END_ARRAY;
            value = parser.nextToken()) {
          PathTree child = node.child(index++);
          if (child == null) {
            parser.skipChildren();
          } else {
            descend(parser, value, child, false);
          }
        }
      }
      return end(parser);
    }

    /** The value of the data's field. */
    private int data(JsonParser parser, JsonToken token, PathTree node)
        throws IOException, ShapeException {
      switch (token) {
        case START_ARRAY -> {
          dataSeen = true;
          array(parser);
        }
        case START_OBJECT -> {
          dataSeen = true;
          int start = start(parser);
          while (parser.nextToken() != JsonToken.END_OBJECT) {
            PathTree child = node.child(parser.currentName());
            JsonToken value = parser.nextToken();
            if (child == null) {
              parser.skipChildren();
            } else {
              descend(parser, value, child, false);
            }
          }
          one(start, end(parser));
        }
        case VALUE_NULL -> {
          dataSeen = data == null;
          dataNull = true;
        }
        default ->
            throw new ShapeException(
                "has %s in the field '%s', but an array of records was expected"
                    .formatted(FieldNames.kind(token), data == null ? DEFAULT_DATA : data));
      }
      return end(parser);
    }

    private void scalar(JsonParser parser, JsonToken token, PathTree node)
        throws IOException, ShapeException {
      if (token.isStructStart() && node.hasChildren()) {
        return;
      }
      ScannedPage.Scalar scalar =
          switch (token) {
            case VALUE_STRING -> new ScannedPage.Scalar(parser.getText(), false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new ScannedPage.Scalar(parser.getText(), true);
            case VALUE_NULL, VALUE_FALSE -> null;
            default ->
                throw new ShapeException(
                    "has %s in its own field for the %s, but a text or a number was expected"
                        .formatted(
                            FieldNames.kind(token),
                            node.target() == OFFSET ? "offset" : "next page"));
          };
      if (node.target() == OFFSET) {
        page.offset(scalar);
      } else {
        page.next(scalar);
      }
    }

    private void array(JsonParser parser) throws IOException, ShapeException {
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        int index = page.begin(start(parser));
        if (record.hasChildren()) {
          fields(parser, token, record, index);
        } else {
          parser.skipChildren();
        }
        page.end(index, end(parser));
      }
    }

    /**
     * Looks for a record's offset, the first token of the value just read, and leaves the parser at
     * the value's last one. Once found, the rest is passed over without looking at names.
     */
    private boolean fields(JsonParser parser, JsonToken token, PathTree node, int index)
        throws IOException, ShapeException {
      if (node.target() == OFFSET) {
        OffsetValue value = offset(parser, token);
        if (value != null) {
          page.value(index, value);
        }
        parser.skipChildren();
        return true;
      }
      if (token == JsonToken.START_OBJECT) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          PathTree child = node.child(parser.currentName());
          if (within(parser, parser.nextToken(), child, index)) {
            return true;
          }
        }
      } else if (token == JsonToken.START_ARRAY) {
        int element = 0;
        for (JsonToken value = parser.nextToken();
            value != JsonToken.END_ARRAY;
            value = parser.nextToken()) {
          if (within(parser, value, node.child(element++), index)) {
            return true;
          }
        }
      }
      return false;
    }

    /** One field or element of a record; if it holds the offset, the rest is passed over. */
    private boolean within(JsonParser parser, JsonToken value, @Nullable PathTree child, int index)
        throws IOException, ShapeException {
      if (child != null) {
        if (fields(parser, value, child, index)) {
          toTheEnd(parser);
          return true;
        }
      } else if (value.isStructStart()) {
        parser.skipChildren();
      }
      return false;
    }

    /** Passes over what is left of the object or array that the parser is in. */
    private static void toTheEnd(JsonParser parser) throws IOException {
      for (int depth = 1; depth > 0; ) {
        JsonToken token = parser.nextToken();
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
      }
    }

    private @Nullable OffsetValue offset(JsonParser parser, JsonToken token)
        throws IOException, ShapeException {
      try {
        return switch (token) {
          case VALUE_NUMBER_INT ->
              parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                  ? OffsetValue.ofNumber(parser.getText())
                  : OffsetValue.of(parser.getLongValue());
          case VALUE_NUMBER_FLOAT -> OffsetValue.ofNumber(parser.getText());
          case VALUE_STRING ->
              parser.getTextLength() == 0 ? null : OffsetValue.ofText(parser.getText());
          default -> null;
        };
      } catch (NumberFormatException | ArithmeticException e) {
        throw new ShapeException(
            "has an offset that is no usable number, at byte "
                + parser.currentTokenLocation().getByteOffset(),
            e);
      }
    }

    /** The whole of a value as the one record. */
    private void one(int start, int end) throws ShapeException {
      int index = page.begin(start);
      page.end(index, end);
      if (record.hasChildren()) {
        try (JsonParser parser = JSON.createParser(page.body(), start, end - start)) {
          fields(parser, parser.nextToken(), record, index);
        } catch (IOException e) {
          throw new UncheckedIOException("Reading from memory failed", e);
        }
      }
    }

    private int start(JsonParser parser) {
      return (int) parser.currentTokenLocation().getByteOffset();
    }

    private int end(JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        parser.finishToken();
      }
      return (int) parser.currentLocation().getByteOffset();
    }
  }
}
