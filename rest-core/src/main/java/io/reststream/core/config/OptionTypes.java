package io.reststream.core.config;

import io.reststream.core.json.Condition;
import io.reststream.core.json.FieldPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types that options have. */
public final class OptionTypes {
  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,12})\\s*ms|(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(s|m|min|h|d)?");

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
  private static final long LARGEST_DECIMAL = 1_000_000;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,10})\\s*([kmg]?)b?");
  private static final long LARGEST_SIZE = 1L << 30;

  private OptionTypes() {}

  /** Any text, empty included. */
  public static OptionType<String> text() {
    return new OptionType<>("text", text -> text);
  }

  /** {@code true} or {@code false}. */
  public static OptionType<Boolean> bool() {
    return new OptionType<>(
        "'true' or 'false'",
        text ->
            switch (text.trim().toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> null;
            });
  }

  /** The same, also as {@code Y} or {@code N}. */
  public static OptionType<Boolean> yesOrNo() {
    return new OptionType<>(
        "'true', 'false', 'Y' or 'N'",
        text ->
            switch (text.trim().toLowerCase(Locale.ROOT)) {
              case "true", "y" -> true;
              case "false", "n" -> false;
              default -> null;
            });
  }

  /** A whole number of at least {@code least}. */
  public static OptionType<Integer> integer(int least) {
    return new OptionType<>(
        "a whole number from %d to %d".formatted(least, Integer.MAX_VALUE),
        text -> {
          try {
            int number = Integer.parseInt(text.trim());
            return number < least ? null : (Integer) number;
          } catch (NumberFormatException e) {
            return null;
          }
        });
  }

  /** A time span: {@code 10} (seconds), {@code 0.5}, {@code 500ms}, {@code 1m}, {@code 2h}. */
  public static OptionType<Duration> duration() {
    return new OptionType<>(
        "a duration such as '10' (seconds), '500ms' or '1m'", OptionTypes::parseDuration);
  }

  private static @Nullable Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return null;
    }
    if (matcher.group(1) != null) {
      return Duration.ofMillis(Long.parseLong(matcher.group(1)));
    }
    long unitMillis =
        switch (matcher.group(3) == null ? "s" : matcher.group(3)) {
          case "s" -> 1_000L;
          case "m", "min" -> 60_000L;
          case "h" -> 3_600_000L;
          default -> 86_400_000L;
        };
    BigDecimal millis = new BigDecimal(matcher.group(2)).multiply(BigDecimal.valueOf(unitMillis));
    return Duration.ofMillis(millis.longValueExact());
  }

  /** A number of bytes up to 1 GiB: {@code 65536}, {@code 512k}, {@code 64m}, {@code 1g}. */
  public static OptionType<Integer> size() {
    return new OptionType<>(
        "a size up to '1g' such as '65536' (bytes), '512k' or '64m'", OptionTypes::parseSize);
  }

  private static @Nullable Integer parseSize(String text) {
    Matcher matcher = SIZE.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return null;
    }
    int shift = 10 * "_kmg".indexOf(matcher.group(2).isEmpty() ? "_" : matcher.group(2));
    long number = Long.parseLong(matcher.group(1));
    boolean fits = number >= 1 && number <= LARGEST_SIZE >> shift;
    return fits ? (Integer) (int) (number << shift) : null;
  }

  /** One of an enum's constants, in any case, with {@code -} and {@code _} ignored. */
  public static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
    E[] constants = type.getEnumConstants();
    String allowed =
        Arrays.stream(constants)
            .map(constant -> "'" + constant + "'")
            .collect(Collectors.joining(", "));
    return new OptionType<>(
        "one of " + allowed,
        text -> {
          for (E constant : constants) {
            if (Keys.normalized(constant.toString()).equals(Keys.normalized(text))) {
              return constant;
            }
          }
          return null;
        });
  }

  /** A field: dotted ({@code meta.next}), a JSON Pointer, or {@code $.meta.next}. */
  public static OptionType<FieldPath> path() {
    return new OptionType<>(
        "a field such as 'next', 'meta.next', '/meta/next' or '$.meta.next'",
        text -> {
          try {
            return FieldPath.parse(text);
          } catch (IllegalArgumentException e) {
            return null;
          }
        });
  }

  /** A value of a response: a field of its body, {@code header:Name} or {@code link:next}. */
  public static OptionType<ResponseField> responseField() {
    return new OptionType<>(
        "a field such as 'next', 'meta.next', '/meta/next' or '$.meta.next', 'header:Name' or"
            + " 'link:next'",
        text -> {
          try {
            return ResponseField.parse(text);
          } catch (IllegalArgumentException e) {
            return null;
          }
        });
  }

  /** A value of a response, or fields of its last record, separated by commas. */
  static OptionType<NextFields> nextFields() {
    return new OptionType<>(
        responseField().allowed() + "; several of a record are separated by commas",
        text -> {
          try {
            return NextFields.parse(text);
          } catch (IllegalArgumentException e) {
            return null;
          }
        });
  }

  /** The name of a placeholder. */
  static OptionType<String> placeholderName() {
    return new OptionType<>(
        "a name of letters, digits, '_' and '.' such as 'starting_after'",
        text -> UnwritableNames.isWritable(text.trim()) ? text.trim() : null);
  }

  /** A number of {@code least} or more, also with decimals. */
  public static OptionType<Double> decimal(String least) {
    BigDecimal limit = new BigDecimal(least);
    return new OptionType<>(
        "a number from %s to %d such as '10' or '0.5'".formatted(least, LARGEST_DECIMAL),
        text -> {
          if (!DECIMAL.matcher(text.trim()).matches()) {
            return null;
          }
          BigDecimal number = new BigDecimal(text.trim());
          boolean fits =
              number.compareTo(limit) >= 0
                  && number.compareTo(BigDecimal.valueOf(LARGEST_DECIMAL)) <= 0;
          return fits ? (Double) number.doubleValue() : null;
        });
  }

  /** The name of a header. */
  public static OptionType<String> headerName() {
    return new OptionType<>(
        "the name of a header such as 'Retry-After'",
        text -> HeaderTemplates.isToken(text.trim()) ? text.trim() : null);
  }

  /** Conditions on fields of a response, separated by commas. */
  public static OptionType<List<Condition>> conditions() {
    return new OptionType<>(
        "conditions such as 'ok=false', 'status!=ok' or 'error', separated by commas",
        text -> {
          try {
            return Arrays.stream(text.split(",", -1)).map(Condition::parse).toList();
          } catch (IllegalArgumentException e) {
            return null;
          }
        });
  }

  /** Fields, separated by commas. */
  public static OptionType<List<FieldPath>> paths() {
    return new OptionType<>(
        "one or several fields such as 'id' or 'tenant,id'",
        text -> {
          try {
            List<FieldPath> paths =
                Arrays.stream(text.split(",", -1)).map(String::trim).map(FieldPath::parse).toList();
            return paths.stream().anyMatch(path -> path.isRoot() || path.selects()) ? null : paths;
          } catch (IllegalArgumentException e) {
            return null;
          }
        });
  }
}
