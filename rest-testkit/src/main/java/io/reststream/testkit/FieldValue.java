package io.reststream.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value as the API compares it: numbers (also those written as text) as exact numbers, ISO-8601
 * times as instants, anything else as text.
 */
record FieldValue(String text, String json, @Nullable BigDecimal number, @Nullable Instant instant)
    implements Comparable<FieldValue> {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.+");

  /** The value of a record's field. */
  static FieldValue of(JsonNode node) {
    return of(node.asText(), node.toString());
  }

  /** The value of a request's parameter, whose JSON form is a number where it reads as one. */
  static FieldValue of(String text) {
    return of(text, NUMBER.matcher(text).matches() ? text : TextNode.valueOf(text).toString());
  }

  private static FieldValue of(String text, String json) {
    BigDecimal number = NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    return new FieldValue(text, json, number, number == null ? instantOf(text) : null);
  }

  private static @Nullable Instant instantOf(String text) {
    if (!TIME.matcher(text).matches()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notATime) {
      return null; // compares as text
    }
  }

  @Override
  public int compareTo(FieldValue other) {
    if (number != null && other.number != null) {
      return number.compareTo(other.number);
    }
    if (instant != null && other.instant != null) {
      return instant.compareTo(other.instant);
    }
    return text.compareTo(other.text);
  }
}
