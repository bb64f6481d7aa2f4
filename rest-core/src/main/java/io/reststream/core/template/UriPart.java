package io.reststream.core.template;

import java.io.Serializable;

/** A piece of a URI template. */
sealed interface UriPart extends Serializable permits UriPart.Literal, Expression {

  void expand(Placeholders values, StringBuilder out);

  /** Text outside of braces, already encoded. */
  record Literal(String text) implements UriPart {
    @Override
    public void expand(Placeholders values, StringBuilder out) {
      out.append(text);
    }
  }
}
