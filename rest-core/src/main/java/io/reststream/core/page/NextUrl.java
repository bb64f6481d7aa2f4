package io.reststream.core.page;

import io.reststream.core.json.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * The response holds the next page's address, in a field or in its Link header.
 *
 * @param links reads it
 */
record NextUrl(NextAddress links) implements Pagination {
  @Override
  public @Nullable String next(PageTurn turn) throws ShapeException {
    String next = links.of(turn.value(), turn.asked());
    return next == null || next.equals(turn.asked().toString()) ? null : next;
  }

  @Override
  public boolean isAddress() {
    return true;
  }
}
