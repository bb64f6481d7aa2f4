package io.reststream.core.offset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several values that are one offset, compared one after the other, as a search engine's sort
 * values are.
 */
public record Tuple(List<Element> elements) implements Comparable<Tuple> {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * One of the values.
   *
   * @param quoted whether it is a JSON string, and sent as one although it may be all digits
   */
  public record Element(OffsetValue value, boolean quoted) {}

  public Tuple {
    elements = List.copyOf(elements);
  }

  /** Reads a JSON array of numbers and texts; null if the text is anything else. */
  static @Nullable Tuple parse(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return null;
      }
      List<Element> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        Element element = element(parser);
        if (element == null) {
          return null;
        }
        elements.add(element);
      }
      return elements.isEmpty() ? null : new Tuple(elements);
    } catch (JsonProcessingException | NumberFormatException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  /**
   * The number or text that a parser is at; null for anything else.
   *
   * @throws NumberFormatException if a number has too many digits
   */
  public static @Nullable Element element(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return new Element(OffsetValue.ofText(parser.getText()), true);
    }
    return token.isNumeric() ? new Element(OffsetValue.ofNumber(parser.getText()), false) : null;
  }

  /** The JSON array. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (Element element : elements) {
        if (element.quoted()) {
          json.writeString(element.value().text());
        } else {
          json.writeNumber(element.value().text());
        }
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return text.toString();
  }

  /** What a request sends: JSON strings as text, JSON numbers as numbers. */
  public List<Object> values() {
    List<Object> values = new ArrayList<>();
    for (Element element : elements) {
      String text = element.value().text();
      values.add(element.quoted() ? text : new BigDecimal(text));
    }
    return values;
  }

  /** Whether each value compares with the other's. */
  boolean comparesWith(Tuple other) {
    boolean all = elements.size() == other.elements.size();
    for (int i = 0; all && i < elements.size(); i++) {
      all = elements.get(i).value().comparesWith(other.elements.get(i).value());
    }
    return all;
  }

  /** The same with another first value. */
  Tuple withFirst(OffsetValue value) {
    List<Element> others = new ArrayList<>(elements);
    others.set(0, new Element(value, elements.get(0).quoted()));
    return new Tuple(others);
  }

  @Override
  public int compareTo(Tuple other) {
    for (int i = 0; i < Math.min(elements.size(), other.elements.size()); i++) {
      int order = elements.get(i).value().compareTo(other.elements.get(i).value());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(elements.size(), other.elements.size());
  }
}
