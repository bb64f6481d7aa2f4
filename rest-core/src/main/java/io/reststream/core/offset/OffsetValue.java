package io.reststream.core.offset;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of the offset field: its own text, which is what the API is asked with, and its place in
 * the order. JSON numbers and strings of digits compare as numbers of any size, ISO-8601 as
 * instants, other strings by code point, several values one after the other. Two values of
 * different kinds do not compare.
 */
public final class OffsetValue implements Comparable<OffsetValue> {

  /** How values compare. */
  public enum Kind {
    NUMBER,
    INSTANT,
    TEXT,
    TUPLE
  }

  private static final int MAX_DIGITS = 1_000;
  private static final BigDecimal LARGEST_SECONDS = new BigDecimal("1e11");

  private final Kind kind;
  private final long whole;
  private final @Nullable Comparable<?> exact;
  private @Nullable String text;

  private OffsetValue(Kind kind, long whole, @Nullable Comparable<?> exact, @Nullable String text) {
    this.kind = kind;
    this.whole = whole;
    this.exact = exact;
    this.text = text;
  }

  /** A whole number. */
  public static OffsetValue of(long number) {
    return new OffsetValue(Kind.NUMBER, number, null, null);
  }

  /**
   * A JSON number of any form, up to a thousand digits on either side of the point.
   *
   * @throws NumberFormatException if it is not a number, or a longer one
   */
  public static OffsetValue ofNumber(String text) {
    BigDecimal exact = new BigDecimal(text);
    long digits = (long) exact.precision() - exact.scale();
    if (digits > MAX_DIGITS || exact.scale() > MAX_DIGITS) {
      throw new NumberFormatException("more than " + MAX_DIGITS + " digits");
    }
    if (exact.scale() <= 0 && digits <= 18) {
      return new OffsetValue(Kind.NUMBER, exact.longValueExact(), null, text);
    }
    return new OffsetValue(Kind.NUMBER, 0, exact, text);
  }

  /** A text: a number if it is all digits, an instant if it is ISO-8601, else itself. */
  public static OffsetValue ofText(String text) {
    if (isNumber(text)) {
      return ofNumber(text);
    }
    Instant instant = IsoInstants.parse(text);
    return instant == null
        ? opaque(text)
        : new OffsetValue(Kind.INSTANT, instant.getEpochSecond(), instant, text);
  }

  /** A value whose kind is known, from its text. */
  public static OffsetValue of(Kind kind, String text) {
    return switch (kind) {
      case NUMBER -> ofNumber(text);
      case INSTANT -> ofText(text);
      case TEXT -> opaque(text);
      case TUPLE -> ofArray(text);
    };
  }

  /** A time. */
  public static OffsetValue of(Instant time) {
    return new OffsetValue(Kind.INSTANT, time.getEpochSecond(), time, null);
  }

  /** The time that a text stands for in a form; null if it is none. ISO-8601 keeps its own text. */
  public static @Nullable OffsetValue ofTime(String text, TimeFormat format) {
    Instant time = format.read(text);
    return time == null ? null : format instanceof TimeFormat.Iso ? ofText(text) : of(time);
  }

  /** Several values that are one. */
  public static OffsetValue of(Tuple tuple) {
    return new OffsetValue(Kind.TUPLE, 0, tuple, null);
  }

  /**
   * Several values, from a JSON array of numbers and texts.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static OffsetValue ofArray(String text) {
    Tuple tuple = Tuple.parse(text);
    if (tuple == null) {
      throw new IllegalArgumentException("'%s' is no array of numbers and texts".formatted(text));
    }
    return of(tuple);
  }

  /** A text that is only itself, such as a cursor. */
  public static OffsetValue opaque(String text) {
    return new OffsetValue(Kind.TEXT, 0, text, text);
  }

  /**
   * The time that this value stands for: a time, or seconds since 1970, or milliseconds where the
   * number is above 100,000,000,000 (as seconds, that is the year 5138).
   */
  public Optional<Instant> time() {
    return switch (kind) {
      case INSTANT -> Optional.of(instant());
      case NUMBER -> epoch(decimal());
      case TEXT, TUPLE -> Optional.empty();
    };
  }

  private static Optional<Instant> epoch(BigDecimal number) {
    BigDecimal seconds =
        number.abs().compareTo(LARGEST_SECONDS) > 0 ? number.movePointLeft(3) : number;
    if (seconds.abs().compareTo(LARGEST_SECONDS) > 0) {
      return Optional.empty();
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal nanos = seconds.subtract(whole).movePointRight(9);
    return Optional.of(Instant.ofEpochSecond(whole.longValueExact(), nanos.longValue()));
  }

  private static boolean isNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int digits = 0;
    boolean point = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && !point && digits > 0 && at + 1 < text.length()) {
        point = true;
      } else {
        return false;
      }
    }
    return digits > 0;
  }

  public Kind kind() {
    return kind;
  }

  /** The text as the API wrote it. */
  public String text() {
    String own = text;
    if (own == null) {
      own =
          exact instanceof Tuple tuple
              ? tuple.json()
              : exact instanceof Instant time ? time.toString() : Long.toString(whole);
      text = own;
    }
    return own;
  }

  /** Whether this is a whole number, of any size. */
  public boolean isInteger() {
    return kind == Kind.NUMBER
        && (exact == null || ((BigDecimal) exact).stripTrailingZeros().scale() <= 0);
  }

  /**
   * This whole number plus one.
   *
   * @throws ArithmeticException if this is not a whole number
   */
  public OffsetValue plusOne() {
    if (kind != Kind.NUMBER) {
      throw new ArithmeticException("'%s' is not a number".formatted(text()));
    }
    if (exact == null && whole < Long.MAX_VALUE) {
      return of(whole + 1);
    }
    BigInteger number =
        exact == null ? BigInteger.valueOf(whole) : ((BigDecimal) exact).toBigIntegerExact();
    return ofNumber(number.add(BigInteger.ONE).toString());
  }

  /**
   * Compares values of one kind.
   *
   * @throws IllegalArgumentException if the kinds differ
   */
  @Override
  public int compareTo(OffsetValue other) {
    if (kind != other.kind) {
      throw new IllegalArgumentException(
          "'%s' is %s and '%s' is %s: they do not compare"
              .formatted(text(), described(), other.text(), other.described()));
    }
    return switch (kind) {
      case NUMBER ->
          exact == null && other.exact == null
              ? Long.compare(whole, other.whole)
              : decimal().compareTo(other.decimal());
      case INSTANT -> instant().compareTo(other.instant());
      case TEXT -> compareCodePoints(text(), other.text());
      case TUPLE -> tuple().compareTo(other.tuple());
    };
  }

  /** Whether the two are of one kind. */
  public boolean comparesWith(OffsetValue other) {
    return kind == other.kind && (kind != Kind.TUPLE || tuple().comparesWith(other.tuple()));
  }

  /** What kind of value this is, for people. */
  public String described() {
    return switch (kind) {
      case NUMBER -> "a number";
      case INSTANT -> "a time";
      case TEXT -> "text";
      case TUPLE ->
          tuple().elements().stream()
              .map(element -> element.value().described())
              .collect(Collectors.joining(" and ", "a list of ", ""));
    };
  }

  BigDecimal decimal() {
    return exact == null ? BigDecimal.valueOf(whole) : (BigDecimal) exact;
  }

  /**
   * The values of several.
   *
   * @throws ClassCastException if this is a single one
   */
  public Tuple tuple() {
    return (Tuple) Objects.requireNonNull(exact);
  }

  /** The instant of a time. */
  public Instant instant() {
    return exact instanceof Instant instant ? instant : Instant.ofEpochSecond(whole);
  }

  private static int compareCodePoints(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        boolean sameWidth = Character.isSurrogate(l) == Character.isSurrogate(r);
        return sameWidth ? Character.compare(l, r) : Character.isSurrogate(l) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Whether the other value has the same kind and the same place in the order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OffsetValue value && comparesWith(value) && compareTo(value) == 0;
  }

  @Override
  public int hashCode() {
    return switch (kind) {
      case NUMBER -> exact == null ? Long.hashCode(whole) : numberHash(decimal());
      case INSTANT -> instant().hashCode();
      case TEXT -> text().hashCode();
      case TUPLE -> tuple().elements().get(0).value().hashCode();
    };
  }

  private static int numberHash(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() <= 0
            && plain.precision() - plain.scale() <= 19
            && plain.toBigInteger().bitLength() < 64
        ? Long.hashCode(plain.longValueExact())
        : plain.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
