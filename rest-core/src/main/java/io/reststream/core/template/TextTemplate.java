package io.reststream.core.template;

import java.io.Serializable;
import java.util.List;

/**
 * A header's value with placeholders.
 *
 * <pre>{@code
 * TextTemplate header = TextTemplate.parse("Bearer {token}");
 * header.expand(Placeholders.of(Map.of("token", "abc"))); // Bearer abc
 * }</pre>
 *
 * <p>Only {@code {name}}, and {@code {name:format}} for a time in a {@link WrittenTime}, is a
 * placeholder, with a name as RFC 6570 has it; its value is put in as text, not encoded. An
 * undefined value is empty, the members of a list are joined by commas. Other braces are text, as
 * in {@code {"a": 1}}, but an expression that only a url can have ({@code {?x}}, {@code {x*}},
 * {@code {x,y}}) is an error. There is no escape: a literal {@code {name}} can only come from a
 * value. A value that would end or corrupt the header is refused.
 *
 * <p>Neither an error nor {@code toString} shows the text or a value: headers hold credentials.
 * Immutable and safe for use by several threads.
 */
public final class TextTemplate implements Serializable {

  private static final long serialVersionUID = 1L;

  private final BracedText text;

  private TextTemplate(BracedText text) {
    this.text = text;
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException where the text cannot stand in a header, or holds an
   *     expression other than {@code {name}} or an unknown format
   */
  public static TextTemplate parse(String text) {
    int refused = HeaderText.firstRefused(text);
    if (refused >= 0) {
      throw new IllegalArgumentException(
          "A header must hold %s, but holds U+%04X at index %d."
              .formatted(HeaderText.ALLOWED, text.codePointAt(refused), refused));
    }
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      if (Braced.at(text, open) == null && isUrlExpression(text, open)) {
        throw new IllegalArgumentException(
            ("The expression at index %d of a header must be a plain '{name}';"
                    + " operators, modifiers and lists of names are for urls.")
                .formatted(open));
      }
    }
    return new TextTemplate(BracedText.parse(text, at -> Insertion.HEADER));
  }

  /** The distinct names, in the order in which they first appear. */
  public List<String> names() {
    return text.names();
  }

  /**
   * The header's value with these values.
   *
   * @throws IllegalArgumentException where a value holds a control character or one beyond ASCII,
   *     or has a type that cannot be written (see {@link Placeholders})
   */
  public String expand(Placeholders values) {
    return text.expand(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "TextTemplate" + names();
  }

  /** Whether the braces hold nothing but what an RFC 6570 expression is made of. */
  private static boolean isUrlExpression(String text, int open) {
    boolean operator = open + 1 < text.length() && Operator.of(text.charAt(open + 1)) != null;
    int at = operator ? open + 2 : open + 1;
    int end = Varnames.end(text, at);
    if (end == at) {
      return false;
    }
    while (end < text.length() && ",:*".indexOf(text.charAt(end)) >= 0) {
      end = Varnames.end(text, end + 1);
    }
    return end < text.length() && text.charAt(end) == '}';
  }
}
