package io.reststream.core.page;

import io.reststream.core.json.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * The records before a page are counted, up to a page without any.
 *
 * @param begin the first record's number
 * @param step what a page adds; null for as many as it has records
 */
record OffsetLimit(int begin, @Nullable Integer step) implements Pagination {
  @Override
  public @Nullable String next(PageTurn turn) throws ShapeException {
    String token = turn.token();
    long number = token == null ? begin : Long.parseLong(token);
    if (Counting.isEnd(turn)) {
      return null;
    }
    int added = step == null ? turn.page().size() : step;
    if (added == 0) {
      throw new ShapeException(
          "says that there is more (option 'hasMoreField'), but has no records to count on from; set 'pageStep'");
    }
    return Long.toString(number + added);
  }

  @Override
  public String first() {
    return Integer.toString(begin);
  }

  @Override
  public boolean isGapless(Walked walked) {
    return step == null || walked.records() == step * walked.pages();
  }

  @Override
  public int counted(int records) {
    return step == null ? records : Math.min(records, step);
  }

  @Override
  public boolean isNumbered() {
    return true;
  }
}
