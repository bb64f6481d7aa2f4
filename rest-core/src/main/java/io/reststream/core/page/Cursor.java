package io.reststream.core.page;

import org.jspecify.annotations.Nullable;

/** The response holds a token, which a placeholder sends. */
record Cursor() implements Pagination {
  @Override
  public @Nullable String next(PageTurn turn) {
    String value = turn.value();
    return value == null || value.isEmpty() ? null : value;
  }
}
