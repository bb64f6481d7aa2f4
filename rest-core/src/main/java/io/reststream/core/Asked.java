package io.reststream.core;

import io.reststream.core.http.RestRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that was made.
 *
 * @param input what it was made for
 * @param position where that input stood
 * @param request what was sent
 * @param validator what was sent along, so that 304 means the same answer; null for nothing
 * @param at when
 * @param id its own, kept when it is made again after a failure
 */
record Asked(
    Input input,
    Position position,
    RestRequest request,
    @Nullable Validator validator,
    Instant at,
    UUID id) {

  /** The request as it travels. */
  RestRequest sent() {
    return validator == null ? request : validator.on(request);
  }

  /** What else was asked for the same reader. */
  Strand strand() {
    return Strand.of(input, position);
  }
}
