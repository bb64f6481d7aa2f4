package io.reststream.flink.reader;

import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.jspecify.annotations.Nullable;

/**
 * What one fetch hands over: some records of one split's page, or only the news that splits are
 * finished, or nothing.
 */
final class PageSlice implements RecordsWithSplitIds<PageCursor> {
  private @Nullable String split;
  private final @Nullable PageCursor cursor;
  private final Set<String> finished;

  private PageSlice(@Nullable String split, @Nullable PageCursor cursor, Set<String> finished) {
    this.split = split;
    this.cursor = cursor;
    this.finished = finished;
  }

  /** Elements of a page; then the splits {@code finished} are. */
  static PageSlice of(String split, PageCursor elements, Set<String> finished) {
    return new PageSlice(split, elements, finished);
  }

  static PageSlice finished(Set<String> splits) {
    return new PageSlice(null, null, splits);
  }

  static PageSlice nothing() {
    return finished(Set.of());
  }

  @Override
  public @Nullable String nextSplit() {
    String next = split;
    split = null;
    return next;
  }

  @Override
  public @Nullable PageCursor nextRecordFromSplit() {
    return cursor != null && cursor.advance() ? cursor : null;
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }
}
