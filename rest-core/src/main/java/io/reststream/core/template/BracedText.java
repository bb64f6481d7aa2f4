package io.reststream.core.template;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Text with {@code {name}} placeholders in it. Anything else in braces is text, so that JSON and
 * GraphQL can stand there as they are.
 */
record BracedText(List<Part> parts) implements Serializable {

  /** Either text, or a placeholder with the way in which its value is put in. */
  sealed interface Part extends Serializable {}

  record Literal(String text) implements Part {}

  record Slot(String name, Insertion insertion) implements Part {}

  /**
   * Cuts a text at its placeholders.
   *
   * @param insertionAt the way for a placeholder whose brace is at an index
   */
  static BracedText parse(String text, IntFunction<Insertion> insertionAt) {
    List<Part> parts = new ArrayList<>();
    int copied = 0;
    for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
      int end = Varnames.bracedEnd(text, at);
      if (end >= 0) {
        if (at > copied) {
          parts.add(new Literal(text.substring(copied, at)));
        }
        parts.add(new Slot(text.substring(at + 1, end - 1), insertionAt.apply(at)));
        copied = end;
      }
    }
    if (copied < text.length()) {
      parts.add(new Literal(text.substring(copied)));
    }
    return new BracedText(List.copyOf(parts));
  }

  List<String> names() {
    return parts.stream()
        .filter(Slot.class::isInstance)
        .map(part -> ((Slot) part).name())
        .distinct()
        .toList();
  }

  String expand(Placeholders values) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        out.append(literal.text());
      } else if (part instanceof Slot slot) {
        slot.insertion().append(slot.name(), values.value(slot.name()), out);
      }
    }
    return out.toString();
  }
}
