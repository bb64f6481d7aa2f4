package io.reststream.flink.table;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.metrics.groups.CacheMetricGroup;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** A cache that keeps answers, and not what stands for a call that failed. */
final class AnswerCache implements LookupCache {
  private static final long serialVersionUID = 1L;

  /**
   * The key rows whose calls failed, until Flink wants to put what stands for them. One cache
   * serves all tasks of a process, and Flink hands over a key row itself, but not always the rows.
   */
  private static final Set<RowData> FAILED =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  private final LookupCache answers;

  /**
   * Flink shares a cache between equal functions of a process, also where another class loader has
   * loaded them, which has another set of failures. No two are equal that were not planned at once.
   */
  @SuppressWarnings("unused")
  private final String id = UUID.randomUUID().toString();

  AnswerCache(LookupCache answers) {
    this.answers = answers;
  }

  /** What is put next for this key row is no answer. */
  static void failed(RowData key) {
    FAILED.add(key);
  }

  @Override
  public void open(CacheMetricGroup metrics) {
    answers.open(metrics);
  }

  @Override
  public @Nullable Collection<RowData> getIfPresent(RowData key) {
    return answers.getIfPresent(key);
  }

  @Override
  public @Nullable Collection<RowData> put(RowData key, Collection<RowData> rows) {
    return FAILED.remove(key) ? null : answers.put(key, rows);
  }

  @Override
  public void invalidate(RowData key) {
    answers.invalidate(key);
  }

  @Override
  public long size() {
    return answers.size();
  }

  @Override
  public void close() throws Exception {
    answers.close();
  }
}
