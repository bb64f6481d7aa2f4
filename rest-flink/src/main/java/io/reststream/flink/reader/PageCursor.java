package io.reststream.flink.reader;

import io.reststream.core.PageInfo;
import io.reststream.core.Position;
import io.reststream.core.Records;

/**
 * A place in a page: the element that goes from the fetcher to the emitter. One object per slice,
 * moved from record to record, so that no record costs an object.
 */
final class PageCursor {
  private final FetchedPage page;
  private final int end;
  private int index;

  /** Stands before the elements {@code [from, end)} of a page. */
  PageCursor(FetchedPage page, int from, int end) {
    this.page = page;
    this.index = from - 1;
    this.end = end;
  }

  boolean advance() {
    return ++index < end;
  }

  /** Whether it stands at a record, and not at a page without any. */
  boolean atRecord() {
    return index < page.records().size();
  }

  int index() {
    return index;
  }

  Records records() {
    return page.records();
  }

  PageInfo info() {
    return page.info();
  }

  Position position() {
    return page.position();
  }

  boolean last() {
    return page.last();
  }
}
