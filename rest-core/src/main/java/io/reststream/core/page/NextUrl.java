package io.reststream.core.page;

import io.reststream.core.http.OriginRule;
import io.reststream.core.json.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * The response holds the next page's address, in a field or in its Link header.
 *
 * @param origins where it may lead
 */
record NextUrl(OriginRule origins) implements Pagination {
  @Override
  public @Nullable String next(PageTurn turn) throws ShapeException {
    String next = NextAddress.of(turn.value(), turn.asked(), origins);
    return next == null || next.equals(turn.asked().toString()) ? null : next;
  }

  @Override
  public boolean isAddress() {
    return true;
  }
}
