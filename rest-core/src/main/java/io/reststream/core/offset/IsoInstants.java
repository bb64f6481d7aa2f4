package io.reststream.core.offset;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads ISO-8601 as instants: a date, or a date and a time with up to nine decimals, with {@code
 * Z}, an offset, or neither (then UTC). Written by hand, since it runs once per record.
 */
public final class IsoInstants {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_PER_DAY = 86_400;

  private IsoInstants() {}

  /** The instant, or null if the text is none. */
  public static @Nullable Instant parse(String text) {
    if (text.length() < DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return null;
    }
    try {
      int year = digits(text, 0, 4);
      int month = digits(text, 5, 7);
      int day = digits(text, 8, DATE_LENGTH);
      if (year < 0 || month < 0 || day < 0) {
        return null;
      }
      LocalDate date = LocalDate.of(year, month, day);
      if (text.length() == DATE_LENGTH) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return parseTime(text, date);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant parseTime(String text, LocalDate date) {
    char separator = text.charAt(DATE_LENGTH);
    if ((separator != 'T' && separator != 't' && separator != ' ') || text.length() < 16) {
      return null;
    }
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    if (hour < 0 || minute < 0 || text.charAt(13) != ':') {
      return null;
    }
    int second = 0;
    int nano = 0;
    int at = 16;
    if (at < text.length() && text.charAt(at) == ':') {
      second = digits(text, 17, 19);
      at = 19;
      if (second < 0) {
        return null;
      }
      if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
        int from = ++at;
        while (at < text.length() && isDigit(text.charAt(at)) && at - from < 9) {
          nano = nano * 10 + (text.charAt(at++) - '0');
        }
        if (at == from) {
          return null;
        }
        for (int i = at - from; i < 9; i++) {
          nano *= 10;
        }
      }
    }
    ZoneOffset zone = zone(text, at);
    if (zone == null) {
      return null;
    }
    // A leap second is the second after :59, and 24:00 the next day's first.
    boolean leap = minute == 59 && second == 60;
    boolean midnight = hour == 24 && minute == 0 && second == 0 && nano == 0;
    LocalTime time = LocalTime.of(midnight ? 0 : hour, minute, leap ? 59 : second, nano);
    Instant instant = LocalDateTime.of(date, time).toInstant(zone);
    return instant.plusSeconds((leap ? 1 : 0) + (midnight ? SECONDS_PER_DAY : 0));
  }

  /**
   * A time in the form of a sample, in its zone; where that leaves something out, the one before.
   */
  static String like(String sample, Instant time) {
    if (sample.length() == DATE_LENGTH) {
      return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }
    int end = 16;
    int decimals = 0;
    if (end < sample.length() && sample.charAt(end) == ':') {
      end = 19;
      if (end < sample.length() && (sample.charAt(end) == '.' || sample.charAt(end) == ',')) {
        for (end++; end < sample.length() && isDigit(sample.charAt(end)); end++) {
          decimals++;
        }
      }
    }
    ZoneOffset zone = zone(sample, end);
    LocalDateTime local = LocalDateTime.ofInstant(time, zone == null ? ZoneOffset.UTC : zone);
    StringBuilder text = new StringBuilder(sample.length());
    text.append(local.toLocalDate()).append(sample.charAt(DATE_LENGTH));
    text.append("%02d:%02d".formatted(local.getHour(), local.getMinute()));
    if (end >= 19) {
      text.append(":%02d".formatted(local.getSecond()));
    }
    if (decimals > 0) {
      String nanos = "%09d".formatted(local.getNano());
      text.append(sample.charAt(19)).append(nanos, 0, Math.min(decimals, nanos.length()));
    }
    return text.append(sample, end, sample.length()).toString();
  }

  private static @Nullable ZoneOffset zone(String text, int at) {
    int left = text.length() - at;
    if (left == 0) {
      return ZoneOffset.UTC;
    }
    char sign = text.charAt(at);
    if (left == 1 && (sign == 'Z' || sign == 'z')) {
      return ZoneOffset.UTC;
    }
    if (sign != '+' && sign != '-') {
      return null;
    }
    boolean colon = left == 6 && text.charAt(at + 3) == ':';
    if (left != 3 && left != 5 && !colon) {
      return null;
    }
    int hours = digits(text, at + 1, at + 3);
    int minutes = left == 3 ? 0 : digits(text, text.length() - 2, text.length());
    if (hours < 0 || minutes < 0) {
      return null;
    }
    int factor = sign == '-' ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(factor * hours, factor * minutes);
  }

  /** The number that the digits make, or -1 if there are others, or too few. */
  private static int digits(String text, int from, int to) {
    if (to > text.length()) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
