package io.reststream.core.page;

import org.jspecify.annotations.Nullable;

/** No pages: the offset leads on. */
record Unpaged() implements Pagination {
  @Override
  public @Nullable String next(PageTurn turn) {
    return null;
  }
}
