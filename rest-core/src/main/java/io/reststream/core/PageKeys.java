package io.reststream.core;

import io.reststream.core.PageRules.Paging;
import io.reststream.core.config.OffsetSettings;
import io.reststream.core.json.RecordKeys;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.offset.BoundaryKeys;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.RecordKey;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a page are new, and the keys with which they will be recognised. A record is
 * hashed once at most, and without {@code keyField} only if its value may be known or its key is to
 * be kept.
 */
final class PageKeys {
  private final BoundaryKeys known;
  private final ScannedPage page;
  private final IntFunction<@Nullable OffsetValue> values;
  private final RecordKeys recordKeys;
  private final BoundaryKeys.Tally tally;
  private final boolean unique;
  private final @Nullable RecordKey[] hashes;
  private final int[] fresh;
  private int freshSize;

  /**
   * @param known the records that may come again
   * @param values the offset of the record at an index; null where records have none
   */
  PageKeys(
      OffsetSettings settings,
      Paging paging,
      BoundaryKeys known,
      ScannedPage page,
      IntFunction<@Nullable OffsetValue> values) {
    this.known = known;
    this.page = page;
    this.values = values;
    this.recordKeys = new RecordKeys(settings.keyFields());
    this.tally = known.tally(paging.telling(settings));
    this.unique = !settings.keyFields().isEmpty();
    this.hashes = new RecordKey[page.size()];
    this.fresh = new int[page.size()];
  }

  /** Counts a record, and says whether it was delivered before. */
  boolean see(int index) throws ShapeException {
    return (unique || known.mayHold(values.apply(index))) && tally.see(hash(index));
  }

  /** Whether a record that was just counted is the first with its key in the running pass. */
  boolean isFirst(int index) throws ShapeException {
    return tally.isFirst(hash(index));
  }

  /** The record is new. */
  void deliver(int index) {
    fresh[freshSize++] = index;
  }

  /** How many records are new. */
  int freshSize() {
    return freshSize;
  }

  /** The indices of the new records. */
  int[] fresh() {
    return Arrays.copyOf(fresh, freshSize);
  }

  /** The page has a cursor: all that the pass has sent so far lies before it. */
  void pass() {
    tally.pass();
  }

  /** The keys as this page has counted them, without its new records. */
  BoundaryKeys counted() {
    return tally.keys();
  }

  /** The keys with the new records whose values a condition holds for. */
  BoundaryKeys with(Predicate<@Nullable OffsetValue> condition) throws ShapeException {
    for (int i = 0; i < freshSize; i++) {
      int index = fresh[i];
      OffsetValue value = values.apply(index);
      if (condition.test(value)) {
        boolean counted = hashes[index] != null;
        RecordKey key = hash(index);
        if (!counted) {
          tally.see(key);
        }
        tally.deliver(key, value);
      }
    }
    return tally.keys();
  }

  private RecordKey hash(int index) throws ShapeException {
    RecordKey hash = hashes[index];
    if (hash == null) {
      hash = recordKeys.key(page, index);
      hashes[index] = hash;
    }
    return hash;
  }
}
