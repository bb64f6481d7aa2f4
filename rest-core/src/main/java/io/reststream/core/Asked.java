package io.reststream.core;

import io.reststream.core.http.RestRequest;
import java.time.Instant;

/**
 * A request that was made.
 *
 * @param input what it was made for
 * @param position where that input stood
 * @param request what was sent
 * @param at when
 */
record Asked(Input input, Position position, RestRequest request, Instant at) {}
