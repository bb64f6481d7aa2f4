package io.reststream.core.page;

import io.reststream.core.json.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * Pages are counted, up to one without records.
 *
 * @param begin the first page's number
 * @param step what is added for the next one
 * @param size how many records a full page has; null if nobody says
 */
record PageNumber(int begin, int step, @Nullable Integer size) implements Pagination {
  @Override
  public @Nullable String next(PageTurn turn) throws ShapeException {
    String token = turn.token();
    long number = token == null ? begin : Long.parseLong(token);
    return Counting.isEnd(turn) ? null : Long.toString(number + step);
  }

  @Override
  public String first() {
    return Integer.toString(begin);
  }

  @Override
  public boolean isGapless(Walked walked) {
    return walked.pages() == 0 || (size != null && walked.records() == size * walked.pages());
  }

  @Override
  public boolean isNumbered() {
    return true;
  }
}
