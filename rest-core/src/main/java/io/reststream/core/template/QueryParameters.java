package io.reststream.core.template;

import java.util.Collection;
import java.util.List;

/**
 * Parameters behind a url's query, or in place of one. Their names may be any text; the members of
 * a list are one parameter each, and an undefined value is none.
 */
record QueryParameters(List<String> names) implements UriPart {

  @Override
  public void expand(Placeholders values, StringBuilder out) {
    for (String name : names) {
      Object value = values.value(name);
      if (value instanceof Collection<?> list) {
        for (Object member : list) {
          if (member != null) {
            append(name, ValueText.scalar(name, member), out);
          }
        }
      } else if (value != null) {
        append(name, ValueText.joined(name, value), out);
      }
    }
  }

  private static void append(String name, String text, StringBuilder out) {
    int last = out.length() - 1;
    boolean open = last >= 0 && (out.charAt(last) == '?' || out.charAt(last) == '&');
    if (!open) {
      out.append(out.indexOf("?") < 0 ? '?' : '&');
    }
    PercentEncoder.encode(ValueText.scalar(name, name), name.length(), false, out);
    out.append('=');
    PercentEncoder.encode(text, text.length(), false, out);
  }

  @Override
  public UriPart unformatted() {
    return this;
  }
}
