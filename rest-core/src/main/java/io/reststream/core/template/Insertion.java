package io.reststream.core.template;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a value is put into the text around it, so that it cannot change that text's structure. */
enum Insertion {
  /** A part of a header's value. */
  HEADER {
    @Override
    void append(String name, @Nullable Object value, StringBuilder out) {
      String text = ValueText.joined(name, value);
      int refused = HeaderText.firstRefused(text);
      if (refused >= 0) {
        throw new IllegalArgumentException(
            "Placeholder '%s' of a header must hold %s, but holds U+%04X at index %d."
                .formatted(name, HeaderText.ALLOWED, text.codePointAt(refused), refused));
      }
      out.append(text);
    }
  },

  /** A key or value of a form. */
  FORM {
    @Override
    void append(String name, @Nullable Object value, StringBuilder out) {
      out.append(URLEncoder.encode(ValueText.joined(name, value), StandardCharsets.UTF_8));
    }
  },

  /** Text without structure. */
  TEXT {
    @Override
    void append(String name, @Nullable Object value, StringBuilder out) {
      out.append(ValueText.joined(name, value));
    }
  },

  /** Inside the quotes of a JSON string. */
  JSON_STRING {
    @Override
    void append(String name, @Nullable Object value, StringBuilder out) {
      JsonStringEncoder.getInstance().quoteAsString(ValueText.joined(name, value), out);
    }
  },

  /** Where a JSON value stands. */
  JSON_VALUE {
    @Override
    void append(String name, @Nullable Object value, StringBuilder out) {
      JsonValueText.append(name, value, out);
    }
  };

  abstract void append(String name, @Nullable Object value, StringBuilder out);
}
