package io.reststream.core.template;

import java.io.Serializable;
import java.util.List;

/** A piece of a URI template. */
sealed interface UriPart extends Serializable permits UriPart.Literal, Expression, QueryParameters {

  void expand(Placeholders values, StringBuilder out);

  /** The values that may stand in it. */
  List<String> names();

  /** The same part without formats, so that any value can stand there. */
  UriPart unformatted();

  /** Text outside of braces, already encoded. */
  record Literal(String text) implements UriPart {
    @Override
    public void expand(Placeholders values, StringBuilder out) {
      out.append(text);
    }

    @Override
    public List<String> names() {
      return List.of();
    }

    @Override
    public UriPart unformatted() {
      return this;
    }
  }
}
