package io.reststream.core.template;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What stands between two braces of a URI template, expanded as RFC 6570, section 3.2.1 says.
 *
 * @param source the expression as it was written, with its braces
 */
record Expression(String source, Operator operator, List<Variable> variables) implements UriPart {

  @Override
  public void expand(Placeholders values, StringBuilder out) {
    boolean first = true;
    for (Variable variable : variables) {
      Object value = values.value(variable.name());
      if (value == null || isUndefined(value)) {
        continue;
      }
      out.append(first ? operator.first : operator.separator);
      first = false;
      variable.expand(operator, value, out);
    }
  }

  @Override
  public List<String> names() {
    return variables.stream().map(Variable::name).toList();
  }

  @Override
  public UriPart unformatted() {
    return new Expression(source, operator, variables.stream().map(Variable::unformatted).toList());
  }

  /** A list or map without any defined member is undefined itself (section 2.3). */
  private static boolean isUndefined(Object value) {
    if (value instanceof Collection<?> list) {
      return list.stream().allMatch(Objects::isNull);
    }
    return value instanceof Map<?, ?> map && map.values().stream().allMatch(Objects::isNull);
  }
}
