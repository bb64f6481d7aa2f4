package io.reststream.core.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random JSON, written in all the ways that the grammar allows. */
final class JsonText {
  private static final List<String> NAMES = List.of("id", "ts", "data", "a", "é", "x.y", "0", "3");
  private static final List<String> PIECES =
      List.of(
          "a",
          "é",
          "世",
          "🚲",
          "\\n",
          "\\\"",
          "\\\\",
          "\\/",
          "\\u00e9",
          "\\ud83d\\udeb2",
          "}",
          "]",
          ",");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "7",
          "-12",
          "9007199254740993",
          "9223372036854775808",
          "1.50",
          "-0.0",
          "1E+2",
          "2.5e-3",
          "123456789012345678901234567890.5");

  private final Random random;

  JsonText(Random random) {
    this.random = random;
  }

  /** Any value, at most so many levels deep. */
  String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> pick(List.of("null", "true", "false"));
      case 1, 2 -> pick(NUMBERS);
      case 3, 4 -> string();
      case 5 -> array(values(depth - 1));
      default -> object(members(depth - 1));
    };
  }

  List<String> values(int depth) {
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.add(value(depth));
    }
    return values;
  }

  /** Members of an object, each name once. */
  List<String> members(int depth) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    List<String> members = new ArrayList<>();
    for (String name : names.subList(0, random.nextInt(4))) {
      members.add(member(name, value(depth)));
    }
    return members;
  }

  String member(String name, String value) {
    return '"' + name + '"' + space() + ':' + space() + value;
  }

  String object(List<String> members) {
    return '{' + joined(members) + '}';
  }

  String array(List<String> values) {
    return '[' + joined(values) + ']';
  }

  private String joined(List<String> parts) {
    StringBuilder joined = new StringBuilder(space());
    for (int i = 0; i < parts.size(); i++) {
      joined.append(i == 0 ? "" : ",").append(space()).append(parts.get(i)).append(space());
    }
    return joined.toString();
  }

  private String string() {
    StringBuilder string = new StringBuilder("\"");
    for (int i = random.nextInt(6); i > 0; i--) {
      string.append(pick(PIECES));
    }
    return string.append('"').toString();
  }

  /** White space of any kind, or none. */
  String space() {
    return pick(List.of("", "", "", " ", "\n", "\t ", "\r\n"));
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
