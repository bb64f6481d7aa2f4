package io.reststream.core.template;

import java.util.ArrayList;
import java.util.List;

/** Cuts a URI template into its parts (RFC 6570, section 2), or says where it is wrong. */
final class UriTemplateParser {

  private static final String AFTER_COLON =
      "':' must be followed by a number from 1 to 9999, as in '{name:3}', or by a format of times ("
          + WrittenTime.ALLOWED
          + "), as in '{name:yyyy-MM-dd}'";

  private final String template;
  private final List<UriPart> parts = new ArrayList<>();

  /** How many of the parts belong to the path; the rest is query and fragment. */
  private int pathParts = -1;

  private UriTemplateParser(String template) {
    this.template = template;
  }

  static UriTemplate parse(String template) {
    UriTemplateParser parser = new UriTemplateParser(template);
    parser.parseAll();
    int pathParts = parser.pathParts < 0 ? parser.parts.size() : parser.pathParts;
    return new UriTemplate(template, List.copyOf(parser.parts), pathParts);
  }

  private void parseAll() {
    int unpaired = Surrogates.firstUnpaired(template);
    if (unpaired >= 0) {
      throw wrong(unpaired, "half of a surrogate pair is not a character.");
    }
    int at = 0;
    while (at < template.length()) {
      at = template.charAt(at) == '{' ? expression(at) : literal(at);
    }
  }

  /** Reads up to the next brace; a literal in which the path ends becomes two. */
  private int literal(int from) {
    int start = from;
    int at = from;
    while (at < template.length() && template.charAt(at) != '{') {
      char c = template.charAt(at);
      if (pathParts < 0 && (c == '?' || c == '#')) {
        addLiteral(start, at);
        pathParts = parts.size();
        start = at;
      }
      at = afterLiteralCharacter(at);
    }
    addLiteral(start, at);
    return at;
  }

  private int afterLiteralCharacter(int at) {
    char c = template.charAt(at);
    if (c == '}') {
      throw wrong(at, "'}' closes nothing; a brace as text is written '%7B' or '%7D'.");
    }
    if (c == '%' && !PercentEncoder.isTriplet(template, at)) {
      throw wrong(at, "'%' must be followed by two hexadecimal digits; as text it is '%25'.");
    }
    if (Character.isISOControl(c)) {
      throw wrong(at, "the control character U+%04X cannot stand in a URL.".formatted((int) c));
    }
    return at + 1;
  }

  private void addLiteral(int from, int to) {
    if (to > from) {
      StringBuilder encoded = new StringBuilder();
      PercentEncoder.encode(template.substring(from, to), to - from, true, encoded);
      parts.add(new UriPart.Literal(encoded.toString()));
    }
  }

  private int expression(int open) {
    int close = template.indexOf('}', open);
    int nextOpen = template.indexOf('{', open + 1);
    if (close < 0 || (nextOpen >= 0 && nextOpen < close)) {
      throw wrong(open, "'{' is not closed; an expression is written such as '{offset}'.");
    }
    if (close == open + 1) {
      throw wrong(open, "'{}' is empty; it must hold a name, such as '{offset}'.");
    }
    Operator operator = operator(open + 1);
    List<Variable> variables = new ArrayList<>();
    int at = operator == Operator.SIMPLE ? open + 1 : open + 2;
    at = variable(operator, at, variables);
    while (template.charAt(at) == ',') {
      at = variable(operator, at + 1, variables);
    }
    if (pathParts < 0 && operator.endsPath()) {
      pathParts = parts.size();
    }
    String source = template.substring(open, close + 1);
    parts.add(new Expression(source, operator, List.copyOf(variables)));
    return close + 1;
  }

  private Operator operator(int at) {
    char c = template.charAt(at);
    if ("=,!@|".indexOf(c) >= 0) {
      throw wrong(
          at, "'%s' is not an operator; allowed are %s, or none.".formatted(c, Operator.ALLOWED));
    }
    Operator operator = Operator.of(c);
    return operator == null ? Operator.SIMPLE : operator;
  }

  /** Reads a name and its modifier, up to the comma or brace that follows. */
  private int variable(Operator operator, int first, List<Variable> variables) {
    int from = first;
    int end = nameEnd(from);
    String label = template.substring(from, end);
    if (operator.named && end > from && template.charAt(end) == '=') {
      from = end + 1;
      end = nameEnd(from);
    }
    String name = template.substring(from, end);
    int prefix = Variable.WHOLE;
    boolean explode = false;
    WrittenTime format = null;
    int at = end;
    if (end > from && template.charAt(at) == ':') {
      if (isDigit(at + 1)) {
        at = afterDigits(at + 1);
        prefix = prefix(end, at);
      } else {
        at = afterFormat(at + 1);
        format = format(end, at);
      }
    }
    if (end > from && template.charAt(at) == '*') {
      explode = true;
      at++;
    }
    if (explode && (prefix != Variable.WHOLE || template.charAt(at) == ':')) {
      throw wrong(end, "a variable takes a prefix, as '{name:3}', or '*', but not both.");
    }
    if (template.charAt(at) != ',' && template.charAt(at) != '}') {
      throw wrong(at, cannotStand(at));
    }
    variables.add(new Variable(name, from == first ? name : label, explode, prefix, format));
    return at;
  }

  private int nameEnd(int from) {
    int end = Varnames.end(template, from);
    if (end == from && (template.charAt(from) == ',' || template.charAt(from) == '}')) {
      throw wrong(from, "a name is missing; it is made of %s.".formatted(Varnames.ALLOWED));
    }
    return end;
  }

  private String cannotStand(int at) {
    return "'%s' cannot stand in a name; it is made of %s. Names are separated by ','."
        .formatted(Character.toString(template.codePointAt(at)), Varnames.ALLOWED);
  }

  private int afterDigits(int from) {
    int at = from;
    while (isDigit(at)) {
      at++;
    }
    return at;
  }

  private boolean isDigit(int at) {
    return template.charAt(at) >= '0' && template.charAt(at) <= '9';
  }

  /** The comma or brace behind a format; a comma within its quotes is its own. */
  private int afterFormat(int from) {
    boolean quoted = false;
    int at = from;
    while (template.charAt(at) != '}' && (quoted || template.charAt(at) != ',')) {
      quoted ^= template.charAt(at) == '\'';
      at++;
    }
    return at;
  }

  private WrittenTime format(int colon, int end) {
    String text = template.substring(colon + 1, end);
    try {
      return WrittenTime.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(colon, AFTER_COLON + ", but '%s' follows.".formatted(text));
    }
  }

  private int prefix(int colon, int end) {
    String digits = template.substring(colon + 1, end);
    boolean fits = !digits.isEmpty() && digits.length() <= 4 && digits.charAt(0) != '0';
    if (!fits) {
      throw wrong(colon, AFTER_COLON + ", but '%s' follows.".formatted(digits));
    }
    return Integer.parseInt(digits);
  }

  private IllegalArgumentException wrong(int index, String problem) {
    return new IllegalArgumentException(
        "URL template '%s' is wrong at index %d: %s"
            .formatted(UriTemplate.withoutQuery(template), index, problem));
  }
}
