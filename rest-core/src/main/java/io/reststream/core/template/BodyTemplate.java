package io.reststream.core.template;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A request's body with placeholders.
 *
 * <pre>{@code
 * BodyTemplate body = BodyTemplate.parse("{\"since\": {offset}, \"q\": \"{q}\"}", Form.JSON);
 * body.expand(Placeholders.of(Map.of("offset", 42, "q", "say \"hi\"")));
 * // {"since": 42, "q": "say \"hi\""}
 * }</pre>
 *
 * <p>Only {@code {name}}, and {@code {name:format}} for a time in a {@link WrittenTime}, without
 * spaces or quotes around, is a placeholder, with a name as RFC 6570 has it; other braces are text.
 * What a value becomes depends on the {@link Form}; in a JSON body or a form it can never change
 * the body's structure.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class BodyTemplate implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What a body is, and so how values are put into it. */
  public enum Form {
    /**
     * One JSON value. Inside a string, {@code "{id}"}, a value is escaped text and the string stays
     * a string. Where a value stands, {@code {id}}, it is a JSON value: numbers, booleans, lists
     * and maps as such, undefined as {@code null}; text as a number if it is one in JSON's grammar
     * ({@code 42}, not {@code 007}), else as a quoted string; text within a list or map is always
     * quoted. For a {@code {name}} that the server is to see, write the brace as <code>&#92;u007b
     * </code>, or in GraphQL {@code { name }}.
     */
    JSON,
    /** {@code a={x}&b={y}}: values are encoded as {@code application/x-www-form-urlencoded}. */
    FORM,
    /** Anything else: values are put in as they are. */
    TEXT;

    /**
     * The form of a body: as its content type says, or, without one, JSON if the body begins like
     * an object or an array, and text otherwise.
     */
    public static Form of(@Nullable String contentType, String body) {
      if (contentType == null) {
        String start = body.stripLeading();
        return start.startsWith("{") || start.startsWith("[") ? JSON : TEXT;
      }
      String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      if (type.endsWith("/json") || type.endsWith("+json")) {
        return JSON;
      }
      return type.equals("application/x-www-form-urlencoded") ? FORM : TEXT;
    }
  }

  private final BracedText text;

  private BodyTemplate(BracedText text) {
    this.text = text;
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException where a body of the form {@link Form#JSON} would not be JSON,
   *     or a format is unknown
   */
  public static BodyTemplate parse(String text, Form form) {
    return new BodyTemplate(
        switch (form) {
          case JSON -> JsonBody.parse(text);
          case FORM -> BracedText.parse(text, at -> Insertion.FORM);
          case TEXT -> BracedText.parse(text, at -> Insertion.TEXT);
        });
  }

  /** The distinct names, in the order in which they first appear. */
  public List<String> names() {
    return text.names();
  }

  /**
   * The body with these values, to be sent as UTF-8.
   *
   * @throws IllegalArgumentException where a value has a type that cannot be written (see {@link
   *     Placeholders}) or holds half of a surrogate pair
   */
  public String expand(Placeholders values) {
    return text.expand(values);
  }

  /**
   * The same, where a member of a JSON object is left out if its whole value, {@code {name}} or
   * {@code "{name}"}, is undefined and may be.
   *
   * @param optional whether a name's value may be left out
   */
  public String expand(Placeholders values, Predicate<String> optional) {
    return text.expand(values, optional);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BodyTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The names alone: bodies hold credentials. */
  @Override
  public String toString() {
    return "BodyTemplate" + names();
  }
}
