package io.reststream.core.json;

import io.reststream.core.offset.OffsetValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one scan found: where each record starts and ends, its offset value, and the response's own
 * few fields that matter.
 */
public final class ScannedPage {
  private final byte[] body;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private @Nullable OffsetValue[] values = new OffsetValue[64];
  private int size;
  private @Nullable Scalar offset;
  private @Nullable Scalar next;
  private boolean offsetSeen;
  private boolean nextSeen;
  private final Map<Own, OwnField> own = new EnumMap<>(Own.class);
  private boolean last;
  private boolean saidLast;

  /**
   * A value of the response.
   *
   * @param text the text of a string or a number
   * @param number whether it is a JSON number
   */
  public record Scalar(String text, boolean number) {}

  /**
   * A field that an end rule is about.
   *
   * @param text its text; null for null, an object or an array
   * @param empty whether it holds nothing: null, false, a zero, no letters, no elements
   */
  public record OwnField(@Nullable String text, boolean empty) {}

  /** What the fields that end rules are about say. */
  public enum Own {
    /** Whether there is more. */
    MORE,
    /** How many records there are. */
    TOTAL,
    /** How many pages there are. */
    TOTAL_PAGES;

    @Nullable FieldPath path(PageFields fields) {
      return switch (this) {
        case MORE -> fields.more();
        case TOTAL -> fields.total();
        case TOTAL_PAGES -> fields.totalPages();
      };
    }
  }

  public ScannedPage(byte[] body) {
    this.body = body;
  }

  int begin(int start) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    starts[size] = start;
    return size++;
  }

  void end(int index, int end) {
    ends[index] = end;
  }

  void value(int index, @Nullable OffsetValue value) {
    values[index] = value;
  }

  void offset(@Nullable Scalar scalar) {
    offset = scalar;
    offsetSeen = true;
  }

  void next(@Nullable Scalar scalar) {
    next = scalar;
    nextSeen = true;
  }

  void own(Own what, OwnField field) {
    own.putIfAbsent(what, field);
  }

  /**
   * A condition says that no page follows.
   *
   * @param said whether a field that is there says so, and not that it is absent
   */
  void endsHere(boolean said) {
    last = true;
    saidLast |= said;
  }

  /** A field that an end rule is about; null where it is absent. */
  public @Nullable OwnField own(Own what) {
    return own.get(what);
  }

  /** Whether a condition says that no page follows. */
  public boolean isLast() {
    return last;
  }

  /**
   * Whether a field that is there says that nothing follows, so that there may be nothing. What is
   * absent says nothing: the answer may be no page at all, such as {@code null}.
   */
  boolean saysTheEnd() {
    return saidLast || isNothing(Own.MORE) || isNothing(Own.TOTAL);
  }

  private boolean isNothing(Own what) {
    OwnField field = own.get(what);
    return field != null && field.empty();
  }

  /** The bytes that were scanned. */
  public byte[] body() {
    return body;
  }

  /** How many records the response holds. */
  public int size() {
    return size;
  }

  public int start(int index) {
    return starts[index];
  }

  public int end(int index) {
    return ends[index];
  }

  /** A record's offset; null where it has none. */
  public @Nullable OffsetValue value(int index) {
    return values[index];
  }

  /** The response's own offset; null where it is absent or null. */
  public @Nullable Scalar offset() {
    return offset;
  }

  /** The response's next page; null where it is absent or null. */
  public @Nullable Scalar next() {
    return next;
  }

  /** Whether the offset's field is there at all, be it null. */
  public boolean offsetSeen() {
    return offsetSeen;
  }

  /** Whether the next page's field is there at all, be it null. */
  public boolean nextSeen() {
    return nextSeen;
  }
}
