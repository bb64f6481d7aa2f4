package io.reststream.core.page;

import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ShapeException;

/** When the counting of pages has to stop, since the API does not say so itself. */
final class Counting {
  /** How many pages without records, or the same ones again, are asked for. */
  private static final int MOST = 10;

  private Counting() {}

  /** Whether a page of no records is the end: it is, unless the response says otherwise. */
  static boolean isEnd(PageTurn turn) throws ShapeException {
    if (turn.page().size() > 0) {
      requireOthers(turn);
      return false;
    }
    if (turn.more() && turn.emptyPages() >= MOST) {
      throw new ContradictionException(
          "says that there is more (option 'hasMoreField'), but %d pages without records came one after the other"
              .formatted(turn.emptyPages() + 1));
    }
    return !turn.more();
  }

  /** Some APIs answer their last page again for every page beyond it. */
  private static void requireOthers(PageTurn turn) throws ShapeException {
    if (turn.walked().repeats() >= MOST) {
      throw new ContradictionException(
          "has the same %d records as the %d pages before it: the API seems to answer its last page for every page beyond it; set 'totalField', 'totalPagesField', 'hasMoreField' or 'shortPageEnds'"
              .formatted(turn.page().size(), turn.walked().repeats()));
    }
  }
}
