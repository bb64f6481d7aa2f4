package io.reststream.core.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.reststream.core.RequestException;
import io.reststream.core.http.RestRequest;
import io.reststream.core.json.FieldPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a token request that was a success.
 *
 * @param request what was asked
 * @param json the answer
 * @param fields where it holds what
 */
record TokenAnswer(RestRequest request, JsonNode json, TokenFields fields) {
  private static final int LONGEST_TOKEN = 16_384;
  private static final BigDecimal LONGEST_LIFE =
      BigDecimal.valueOf(Duration.ofDays(3_650).toSeconds());

  /**
   * The token.
   *
   * @throws RequestException if there is none that can be sent
   */
  Token token(Instant now, Token.@Nullable Refresh refresh) {
    String value = text(fields.token());
    if (value == null || value.isEmpty()) {
      throw problem("has no field '%s'%s".formatted(fields.token(), known()));
    }
    if (value.length() > LONGEST_TOKEN) {
      throw problem(
          "has a token of %d characters in the field '%s', of which at most %d can be sent"
              .formatted(value.length(), fields.token(), LONGEST_TOKEN));
    }
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw problem(
          "has a token in the field '%s' that is not made of printable ASCII characters"
              .formatted(fields.token()));
    }
    return Token.of(value, life(), now, refresh);
  }

  /** A text or number of the answer; null if it holds none there. */
  @Nullable String text(FieldPath path) {
    JsonNode node = at(json, path);
    return node == null ? null : node.asText();
  }

  static @Nullable JsonNode at(JsonNode json, FieldPath path) {
    JsonNode node = json;
    for (String segment : path.segments()) {
      boolean index = node.isArray() && segment.matches("\\d{1,9}");
      node = index ? node.path(Integer.parseInt(segment)) : node.path(segment);
    }
    return node.isTextual() || node.isNumber() ? node : null;
  }

  /** How long the token is of use; null if the answer says nothing that makes sense. */
  private @Nullable Duration life() {
    String seconds = fields.expiresIn() == null ? null : text(fields.expiresIn());
    if (seconds == null || !seconds.matches("\\d{1,15}(\\.\\d{1,9})?")) {
      return null;
    }
    BigDecimal life = new BigDecimal(seconds).min(LONGEST_LIFE);
    return life.signum() == 0 ? null : Duration.ofMillis(life.movePointRight(3).longValue());
  }

  private String known() {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names.isEmpty()
        ? ""
        : "; its fields are " + String.join(", ", names.subList(0, Math.min(20, names.size())));
  }

  private RequestException problem(String what) {
    return new RequestException("The answer of the token request %s %s.".formatted(request, what));
  }

  /** Not what it holds. */
  @Override
  public String toString() {
    return "the answer of " + request;
  }
}
