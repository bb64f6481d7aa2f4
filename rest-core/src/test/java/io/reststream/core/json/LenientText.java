package io.reststream.core.json;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random bodies that are nearly JSON, with what is needed to read them. */
final class LenientText {
  private static final List<String> NAMES =
      List.of("a", "id", "_x$1", "true", "NaN", "0", "007", "x-y@z#");
  private static final List<String> PIECES =
      List.of(
          "a", "é", "🚲", "\\n", "\\\\", "\\/", "\\u00e9", "}", ":", "//", "/* */", "007", "NaN");

  private final Random random;
  private final Set<Leniency> allowed;
  private final Set<Leniency> used = EnumSet.noneOf(Leniency.class);

  /**
   * Bodies that hold nothing beyond JSON but this.
   *
   * @param allowed what they may hold
   */
  LenientText(Random random, Set<Leniency> allowed) {
    this.random = random;
    this.allowed = allowed;
  }

  /** What was needed since the last call. */
  Set<Leniency> used() {
    Set<Leniency> taken = EnumSet.noneOf(Leniency.class);
    taken.addAll(used);
    used.clear();
    return taken;
  }

  /** Any value, at most so many levels deep. */
  String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> pick(List.of("null", "true", "false"));
      case 1 -> number();
      case 2 -> nonNumber();
      case 3, 4 -> string();
      case 5 -> {
        List<String> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(value(depth - 1));
        }
        yield '[' + joined(values) + ']';
      }
      default -> {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.add(name() + space() + ':' + space() + value(depth - 1));
        }
        yield '{' + joined(members) + '}';
      }
    };
  }

  private String joined(List<String> parts) {
    StringBuilder joined = new StringBuilder(space());
    for (int i = 0; i < parts.size(); i++) {
      joined.append(i == 0 ? "" : ",").append(space()).append(parts.get(i)).append(space());
    }
    return joined.toString();
  }

  private boolean draw(Leniency leniency) {
    boolean drawn = allowed.contains(leniency) && random.nextInt(3) == 0;
    if (drawn) {
      used.add(leniency);
    }
    return drawn;
  }

  private String number() {
    String rest = pick(List.of("0", "7", "12", "9007199254740993", "1.50", "0.0", "1E+2", "0e5"));
    String zeros = draw(Leniency.LEADING_ZEROS) ? pick(List.of("0", "00", "000000")) : "";
    return pick(List.of("", "-")) + zeros + rest;
  }

  private String nonNumber() {
    return draw(Leniency.NON_NUMBERS)
        ? pick(List.of("NaN", "Infinity", "-Infinity", "+Infinity", "+INF", "-INF"))
        : number();
  }

  private String name() {
    return draw(Leniency.UNQUOTED_NAMES) ? pick(NAMES) : string();
  }

  private String string() {
    boolean single = draw(Leniency.SINGLE_QUOTES);
    String quote = single ? "'" : "\"";
    StringBuilder string = new StringBuilder(quote);
    for (int i = random.nextInt(6); i > 0; i--) {
      string.append(piece(single));
    }
    return string.append(quote).toString();
  }

  /** Jackson takes no control characters in single quotes. */
  private String piece(boolean single) {
    if (random.nextInt(4) == 0) {
      return single ? pick(List.of("\"", "\\\"", "\\'")) : pick(List.of("'", "\\\""));
    }
    if (draw(Leniency.ANY_ESCAPE)) {
      return pick(List.of("\\d", "\\ ", "\\é", "\\{", "\\\n", "\\\u0001"));
    }
    if (!single && draw(Leniency.CONTROL_CHARACTERS)) {
      return pick(List.of("\n", "\t", "\r\n", "\b", "\f", "\u0002", "\u001f"));
    }
    return pick(PIECES);
  }

  /** White space and comments of any kind, or none. */
  String space() {
    String space = pick(List.of("", "", "", " ", "\n", "\t ", "\r\n"));
    return draw(Leniency.COMMENTS)
        ? space + pick(List.of("/**/", "/* 'a\n\": */", "// x: \"\n", "//\r\n", "/* // * é */"))
        : space;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
