package io.reststream.core.page;

import io.reststream.core.json.ScannedPage;
import io.reststream.core.offset.RecordKey;

/**
 * How far a cycle has come since it began, or began again.
 *
 * @param pages how many pages were read
 * @param records how many records they had, known ones included; where records are counted in
 *     steps, no more of a page than the step, so that pages that overlap do not count twice
 * @param last the hash of the last page's records; empty where pages are not compared
 * @param repeats how many pages before the last one had the same records, one after the other
 */
public record Walked(long pages, long records, String last, int repeats) {
  /** Nowhere. */
  public static final Walked NONE = new Walked(0, 0, "", 0);

  /**
   * With one more page.
   *
   * @param counted how many of its records count
   * @param compared whether its records are compared with those of the page before
   */
  public Walked with(ScannedPage page, int counted, boolean compared) {
    String hash = compared && page.size() > 0 ? hash(page) : "";
    boolean same = !hash.isEmpty() && hash.equals(last);
    return new Walked(pages + 1, records + counted, hash, same ? repeats + 1 : 0);
  }

  private static String hash(ScannedPage page) {
    RecordKey.Hasher hasher = new RecordKey.Hasher();
    for (int i = 0; i < page.size(); i++) {
      hasher.put(page.body(), page.start(i), page.end(i));
    }
    return Long.toHexString(hasher.key().high());
  }
}
