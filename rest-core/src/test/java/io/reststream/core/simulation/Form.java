package io.reststream.core.simulation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How an API writes offset values: places in an order, counted from 1. */
enum Form {
  /** JSON numbers. */
  NUMBER,
  /** JSON numbers with a fraction. */
  DECIMAL,
  /** JSON strings of digits. */
  DIGITS,
  /** ISO-8601 to the second, in UTC. */
  ISO,
  /** ISO-8601, the same instant written in several ways. */
  ISO_VARIED,
  /** JSON numbers of milliseconds since 1970. */
  EPOCH_MILLIS,
  /** The times of HTTP's headers. */
  RFC1123,
  /** Times in a form of their own, without a zone. */
  PATTERN,
  /** Text that sorts by code point. */
  TEXT,
  /** A number and a text, compared one after the other. */
  TUPLE;

  /** How many places share the number of a tuple. */
  private static final int TEXTS = 4;

  private static final DateTimeFormatter OWN = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss");

  /** Places are added to these; the third ones cross the limits of a double and of a long. */
  private static final BigInteger[] BASES = {
    BigInteger.ZERO,
    BigInteger.valueOf(90),
    BigInteger.ONE.shiftLeft(53).subtract(BigInteger.TWO),
    BigInteger.ONE.shiftLeft(63).subtract(BigInteger.TEN)
  };

  private static final Instant EPOCH = Instant.parse("2023-12-31T23:59:50Z");

  static int bases() {
    return BASES.length;
  }

  /** The text of a place; {@code variant} chooses between several ways to write it. */
  String text(long place, int base, int variant) {
    return switch (this) {
      case NUMBER, DIGITS -> BASES[base].add(BigInteger.valueOf(place)).toString();
      case DECIMAL ->
          BASES[base].add(BigInteger.valueOf(place / 2)) + (place % 2 == 0 ? ".25" : ".75");
      case ISO -> EPOCH.plusSeconds(place).toString();
      case ISO_VARIED -> varied(EPOCH.plusSeconds(place), variant);
      case EPOCH_MILLIS -> Long.toString(EPOCH.plusSeconds(place).toEpochMilli());
      case RFC1123 ->
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              EPOCH.plusSeconds(place).atOffset(ZoneOffset.UTC));
      case PATTERN -> OWN.format(EPOCH.plusSeconds(place).atOffset(ZoneOffset.UTC));
      case TEXT -> "k%06d/é".formatted(place);
      case TUPLE -> {
        BigInteger first = BASES[base].add(BigInteger.valueOf(place / TEXTS));
        yield "[%d,\"k%d\"]".formatted(first, place % TEXTS);
      }
    };
  }

  private static String varied(Instant instant, int variant) {
    return switch (variant % 3) {
      case 0 -> instant.toString();
      case 1 -> instant.toString().replace("Z", ".000+00:00");
      default ->
          instant
              .atOffset(ZoneOffset.ofHours(2))
              .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx"));
    };
  }

  /** The place that a text stands for. */
  long place(String text, int base) {
    return switch (this) {
      case NUMBER, DIGITS -> new BigInteger(text).subtract(BASES[base]).longValueExact();
      case DECIMAL -> {
        BigDecimal above = new BigDecimal(text).subtract(new BigDecimal(BASES[base]));
        yield above.subtract(new BigDecimal("0.25")).multiply(new BigDecimal(2)).longValueExact();
      }
      case ISO, ISO_VARIED ->
          OffsetDateTime.parse(text).toInstant().getEpochSecond() - EPOCH.getEpochSecond();
      case EPOCH_MILLIS -> Long.parseLong(text) / 1_000 - EPOCH.getEpochSecond();
      case RFC1123 ->
          OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond()
              - EPOCH.getEpochSecond();
      case PATTERN ->
          LocalDateTime.parse(text, OWN).toEpochSecond(ZoneOffset.UTC) - EPOCH.getEpochSecond();
      case TEXT -> Long.parseLong(text.substring(1, 7));
      case TUPLE -> {
        String[] values = text.replaceAll("[\\[\\]\"]", "").split(",", -1);
        BigInteger above = new BigInteger(values[0]).subtract(BASES[base]);
        yield above.signum() < 0
            ? Listing.BEGINNING
            : above.longValueExact() * TEXTS
                + (values[1].isEmpty() ? -1 : Integer.parseInt(values[1].substring(1)));
      }
    };
  }

  /** The text as JSON. */
  String json(String text) {
    return this == NUMBER || this == DECIMAL || this == EPOCH_MILLIS || this == TUPLE
        ? text
        : '"' + text + '"';
  }

  /** Whether the values are times. */
  boolean isTime() {
    return this != NUMBER && this != DECIMAL && this != DIGITS && this != TEXT && this != TUPLE;
  }

  /** A number of places that an option can name, no less than some. */
  int whole(int places) {
    return this == TUPLE ? places * TEXTS : places;
  }

  /** What option says so; null where none needs to. */
  @Nullable String format() {
    return switch (this) {
      case EPOCH_MILLIS -> "epochMillis";
      case RFC1123 -> "rfc1123";
      case PATTERN -> "dd.MM.yyyy HH:mm:ss";
      default -> null;
    };
  }

  /** The text of a number of places as an option has it. */
  String span(int places, int variant) {
    return this == TUPLE
        ? Integer.toString(places / TEXTS)
        : this == DECIMAL
            ? new BigDecimal(places).divide(new BigDecimal(2)).toPlainString()
            : !isTime() || variant == 0
                ? Integer.toString(places)
                : variant == 1 ? places + "s" : places + "000ms";
  }

  /** Which step of a granularity a place is in. */
  BigInteger step(long place, int base, int granularity) {
    BigInteger value =
        isTime()
            ? BigInteger.valueOf(EPOCH.getEpochSecond() + place)
            : BASES[base].add(BigInteger.valueOf(place));
    BigInteger size = BigInteger.valueOf(granularity);
    return value.subtract(value.mod(size)).divide(size);
  }
}
