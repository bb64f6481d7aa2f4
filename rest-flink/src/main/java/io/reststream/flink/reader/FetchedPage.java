package io.reststream.flink.reader;

import io.reststream.core.Page;
import io.reststream.core.PageInfo;
import io.reststream.core.Position;
import io.reststream.core.Records;

/**
 * A page on its way to the emitter: from the API, or what a checkpoint held of one.
 *
 * @param position the position that follows the page
 * @param last whether it is the last page of a bounded read, or of a stretch
 */
record FetchedPage(Records records, PageInfo info, Position position, boolean last) {

  static FetchedPage of(Page page, boolean bounded) {
    Position next = page.next();
    boolean last = next.isAtTheEnd() || (bounded && next.betweenCycles());
    return new FetchedPage(page.records(), page.info(), next, last);
  }

  /** Its records, or one that only moves the position where it has none. */
  int elements() {
    return Math.max(1, records.size());
  }
}
