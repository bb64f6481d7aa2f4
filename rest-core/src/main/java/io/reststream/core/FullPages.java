package io.reststream.core;

import io.reststream.core.config.OffsetSettings;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.offset.OffsetValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a full page without pagination may hide. */
final class FullPages {
  /** A page of fewer records is not taken for one that a limit cut, unless pageSize says so. */
  private static final int SUSPICIOUS = 16;

  private FullPages() {}

  /**
   * Looks for records that the next request cannot reach.
   *
   * @param fresh how many records were new
   * @param floor what the page was asked with; null while there is nothing
   * @param again whether the same page would come again, where more than the offset says so
   * @param warnings where to say what is likely but not certain
   * @throws ShapeException if the offset cannot pass the page
   */
  static void check(
      OffsetSettings settings,
      ScannedPage page,
      boolean full,
      int fresh,
      @Nullable OffsetValue floor,
      boolean again,
      List<String> warnings)
      throws ShapeException {
    int size = page.size();
    Integer pageSize = settings.pageSize();
    if (!isLimited(settings, size, full) || floor == null) {
      return;
    }
    OffsetValue first = Objects.requireNonNull(page.value(0));
    OffsetValue last = Objects.requireNonNull(page.value(size - 1));
    OffsetValue least = first;
    boolean single = true;
    for (int i = 1; i < size; i++) {
      OffsetValue value = Objects.requireNonNull(page.value(i));
      least = value.compareTo(least) < 0 ? value : least;
      single &= value.equals(first);
    }
    if (fresh == 0 && single && first.compareTo(floor) >= 0) {
      cannotBePassed(
          "all %d records of a full page share '%s' in the field '%s' and were delivered, so that the offset cannot pass them; ask for larger pages, or set 'pagination'"
              .formatted(size, first.text(), settings.field().name()),
          size,
          pageSize,
          warnings);
    } else if (fresh == 0 && again && settings.sent()) {
      cannotBePassed(
          "all %d records of a full page lie within one step of 'offsetGranularity' and were delivered, so that the offset cannot pass them; ask for larger pages, or set 'pagination'"
              .formatted(size),
          size,
          pageSize,
          warnings);
    }
    if (fresh == size && first.compareTo(last) > 0 && least.compareTo(floor) > 0) {
      warnings.add(
          "A full page of %d records came newest first, and its oldest '%s' is above the offset '%s': records between them may be missing; set 'pagination'"
              .formatted(size, least.text(), floor.text()));
    }
  }

  /**
   * The same where the offset is the response's: what comes again is known, but not how far it
   * reaches.
   */
  static void checkWindow(
      OffsetSettings settings, ScannedPage page, boolean full, int fresh, List<String> warnings)
      throws ShapeException {
    if (fresh == 0 && isLimited(settings, page.size(), full)) {
      cannotBePassed(
          "all %d records of a full page were delivered and come again, so that what follows them cannot be reached; ask for larger pages, set 'pagination', or shorten 'lookback'"
              .formatted(page.size()),
          page.size(),
          settings.pageSize(),
          warnings);
    }
  }

  private static boolean isLimited(OffsetSettings settings, int size, boolean full) {
    Integer pageSize = settings.pageSize();
    return pageSize != null ? size >= pageSize : full && size >= SUSPICIOUS;
  }

  private static void cannotBePassed(
      String reason, int size, @Nullable Integer pageSize, List<String> warnings)
      throws ContradictionException {
    if (pageSize != null) {
      throw new ContradictionException("cannot be passed: " + reason);
    }
    warnings.add("If the API answers at most %d records: %s".formatted(size, reason));
  }
}
