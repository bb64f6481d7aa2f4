package io.reststream.core;

import io.reststream.core.config.ResponseField;
import io.reststream.core.http.RestResponse;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.page.LinkHeader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what stands beside the records of a response: in its body, a header, or a link. */
final class Beside {
  private static final int LONGEST = 64 << 10;

  private Beside() {}

  /**
   * A value.
   *
   * @param field where it is; null for nowhere
   * @param inBody what the body has
   * @throws ShapeException if it is too long to be part of a position
   */
  static ScannedPage.@Nullable Scalar value(
      @Nullable ResponseField field, ScannedPage.@Nullable Scalar inBody, RestResponse response)
      throws ShapeException {
    if (field == null) {
      return null;
    }
    if (field instanceof ResponseField.Body) {
      return inBody;
    }
    Optional<String> text = outside(field, response);
    if (text.isPresent() && text.get().length() > LONGEST) {
      throw new ContradictionException(
          "has %d characters in '%s', more than the %d that a position can hold"
              .formatted(text.get().length(), field, LONGEST));
    }
    return text.map(value -> new ScannedPage.Scalar(value, false)).orElse(null);
  }

  /** Whether a response has a value outside of its body. */
  static boolean isOutside(ResponseField field, RestResponse response) {
    return outside(field, response).isPresent();
  }

  private static Optional<String> outside(ResponseField field, RestResponse response) {
    if (field instanceof ResponseField.Link link) {
      return LinkHeader.target(response.headers().getOrDefault("Link", List.of()), link.rel());
    }
    return field instanceof ResponseField.Header header
        ? response.header(header.name())
        : Optional.empty();
  }
}
