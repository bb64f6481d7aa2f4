package io.reststream.flink.split;

import io.reststream.core.PageInfo;
import io.reststream.core.Records;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a page has left: its records from an index on. A view, nothing is copied.
 *
 * @param records all records of the page, or of what an earlier checkpoint held of it
 * @param from the first record that was not emitted; less than the number of records
 * @param info where the page came from
 */
public record PageRest(Records records, int from, PageInfo info) {
  public PageRest {
    if (from < 0 || from >= records.size()) {
      throw new IllegalArgumentException(
          "Record %d does not exist in a page of %d records".formatted(from, records.size()));
    }
  }

  /** How many records are left; at least one. */
  public int size() {
    return records.size() - from;
  }

  /** Two rests are equal when they hold the same bytes, whatever page they are views of. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof PageRest that) || size() != that.size() || !info.equals(that.info)) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!Arrays.equals(records.bytes(from + i), that.records.bytes(that.from + i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return 31 * info.hashCode() + size();
  }

  @Override
  public String toString() {
    return size() + " records of " + info.url();
  }
}
