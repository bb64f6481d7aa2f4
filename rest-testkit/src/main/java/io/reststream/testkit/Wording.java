package io.reststream.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an API asks and tells in words of its own what an {@link Endpoint} asks and tells. */
final class Wording {
  private UnaryOperator<Request> asked = request -> request;
  private UnaryOperator<Answer> told = answer -> answer;

  /** Takes a parameter's value out of the query or the body: what a pattern's group is. */
  Wording reads(String param, String pattern) {
    return reads(param, pattern, value -> value);
  }

  /** The same, with the value in another form. */
  Wording reads(String param, String pattern, UnaryOperator<String> form) {
    Pattern compiled = Pattern.compile(pattern);
    UnaryOperator<Request> before = asked;
    asked =
        request -> {
          String query = Objects.requireNonNullElse(request.query(), "");
          Matcher value =
              compiled.matcher(
                  URLDecoder.decode(query, StandardCharsets.UTF_8) + " " + request.body());
          Request known = before.apply(request);
          return value.find() ? known.with(param, form.apply(value.group(1))) : known;
        };
    return this;
  }

  /** Writes the body in another way. */
  Wording tells(UnaryOperator<String> body) {
    UnaryOperator<Answer> before = told;
    told =
        answer -> {
          Answer plain = before.apply(answer);
          String text = new String(plain.body(), StandardCharsets.UTF_8);
          return text.isEmpty() ? plain : plain.body(body.apply(text));
        };
    return this;
  }

  /** Writes a header in another way. */
  Wording tells(String header, UnaryOperator<String> value) {
    UnaryOperator<Answer> before = told;
    told =
        answer -> {
          Answer plain = before.apply(answer);
          String text = plain.headers().get(header);
          return text == null ? plain : plain.header(header, value.apply(text));
        };
    return this;
  }

  Responder of(Responder endpoint) {
    return request -> told.apply(endpoint.answer(asked.apply(request)));
  }
}
