package io.reststream.core.template;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Text with {@code {name}} and {@code {name:format}} placeholders in it. Anything else in braces is
 * text, so that JSON and GraphQL can stand there as they are.
 */
record BracedText(List<Part> parts) implements Serializable {

  /** Either text, or a placeholder with the way in which its value is put in. */
  sealed interface Part extends Serializable {}

  record Literal(String text) implements Part {}

  /**
   * A placeholder.
   *
   * @param member the member of a JSON object whose whole value it is; null for none
   */
  record Slot(
      String name, @Nullable WrittenTime format, Insertion insertion, @Nullable JsonMember member)
      implements Part {

    private @Nullable Object value(Placeholders values) {
      Object value = values.value(name);
      return value == null || format == null ? value : TimeValue.text(name, value, format);
    }
  }

  /**
   * Cuts a text at its placeholders.
   *
   * @param insertionAt the way for a placeholder whose brace is at an index
   * @throws IllegalArgumentException where a format is none; the text is not shown, since headers
   *     and bodies hold credentials
   */
  static BracedText parse(String text, IntFunction<Insertion> insertionAt) {
    return parse(text, insertionAt, (from, to) -> null);
  }

  /** Finds the member of a JSON object whose whole value is a placeholder. */
  @FunctionalInterface
  interface Members {
    /** The member that the placeholder between two indices is the value of; null for none. */
    @Nullable JsonMember at(int from, int to);
  }

  /** The same with the members of JSON objects. */
  static BracedText parse(String text, IntFunction<Insertion> insertionAt, Members members) {
    List<Part> parts = new ArrayList<>();
    int copied = 0;
    for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
      Braced found = Braced.at(text, at);
      if (found != null) {
        JsonMember member = members.at(at, found.end());
        // A key with a placeholder of its own is not left out.
        member = member == null || at - member.before().length() < copied ? null : member;
        int from = member == null ? at : at - member.before().length();
        if (from > copied) {
          parts.add(new Literal(text.substring(copied, from)));
        }
        parts.add(new Slot(found.name(), format(found, at), insertionAt.apply(at), member));
        copied = found.end() + (member == null ? 0 : member.after().length());
      }
    }
    if (copied < text.length()) {
      parts.add(new Literal(text.substring(copied)));
    }
    return new BracedText(List.copyOf(parts));
  }

  private static @Nullable WrittenTime format(Braced found, int at) {
    if (found.format() == null) {
      return null;
    }
    try {
      return WrittenTime.parse(found.format());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          ("The placeholder '{%s:...}' at index %d has an unknown format of times; allowed are %s."
                  + " A brace that is text needs a space behind it.")
              .formatted(found.name(), at, WrittenTime.ALLOWED),
          e);
    }
  }

  List<String> names() {
    return parts.stream()
        .filter(Slot.class::isInstance)
        .map(part -> ((Slot) part).name())
        .distinct()
        .toList();
  }

  /** The same text with its placeholders unformatted, so that any value can stand there. */
  BracedText unformatted() {
    return new BracedText(
        parts.stream()
            .map(p -> p instanceof Slot s ? new Slot(s.name(), null, s.insertion(), s.member()) : p)
            .toList());
  }

  String expand(Placeholders values) {
    return expand(values, name -> false);
  }

  /**
   * The text with these values.
   *
   * @param optional the names that, undefined, leave out the member whose value they are
   */
  String expand(Placeholders values, Predicate<String> optional) {
    StringBuilder out = new StringBuilder();
    boolean leftOut = false;
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        out.append(leftOut ? JsonMember.join(out, literal.text()) : literal.text());
        leftOut = false;
      } else if (part instanceof Slot slot) {
        Object value = slot.value(values);
        JsonMember member = slot.member();
        leftOut = value == null && member != null && optional.test(slot.name());
        if (!leftOut) {
          out.append(member == null ? "" : member.before());
          slot.insertion().append(slot.name(), value, out);
          out.append(member == null ? "" : member.after());
        }
      }
    }
    return out.toString();
  }
}
