package io.reststream.core.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says under which options a position was made, without holding their values: four characters for
 * each option that gives a position its meaning. Options are only ever added at the end, so that a
 * shorter fingerprint is an older one, made when the missing options had their defaults.
 */
public final class Fingerprint {
  private static final int LENGTH = 4;
  private static final String UNSET = "....";
  private static final List<Option<?>> OPTIONS =
      List.of(
          RestOptions.METHOD,
          RestOptions.URL,
          RestOptions.BODY,
          RestOptions.OFFSET_TYPE,
          RestOptions.OFFSET_FIELD,
          RestOptions.OFFSET_BOUNDARY,
          RestOptions.ORDER,
          RestOptions.PAGINATION,
          RestOptions.NEXT_FIELD,
          RestOptions.DATA_FIELD,
          RestOptions.KEY_FIELD,
          PageOptions.FIRST_PAGE,
          PageOptions.PAGE_STEP,
          RestOptions.PAGE_SIZE,
          BoundaryOptions.OFFSET_GRANULARITY,
          BoundaryOptions.OFFSET_FORMAT,
          RestOptions.QUERY_TYPE);

  private static final Set<String> OF_PAGE_TOKENS =
      Stream.of(
              RestOptions.PAGINATION,
              RestOptions.NEXT_FIELD,
              PageOptions.FIRST_PAGE,
              PageOptions.PAGE_STEP,
              RestOptions.PAGE_SIZE)
          .map(Option::key)
          .collect(Collectors.toSet());

  private Fingerprint() {}

  /** The fingerprint of options that were read. */
  public static String of(Map<String, Object> values) {
    return OPTIONS.stream()
        .map(
            option ->
                values.containsKey(option.key()) && counts(option, values)
                    ? hash(String.valueOf(values.get(option.key())))
                    : UNSET)
        .collect(Collectors.joining());
  }

  /** The number of a page means other records where pages have another size. */
  private static boolean counts(Option<?> option, Map<String, Object> values) {
    return !option.equals(RestOptions.PAGE_SIZE)
        || values.get(RestOptions.PAGINATION.key()) == PaginationStyle.PAGE_NUMBER;
  }

  /** The options in which two fingerprints differ; none when they are the same. */
  public static List<String> differences(
      String stored, Map<String, Object> values, String accepted) {
    String current = of(values);
    Set<String> allowed =
        split(accepted).stream().map(Keys::normalized).collect(Collectors.toSet());
    List<String> different = new ArrayList<>();
    for (int i = 0; i < OPTIONS.size(); i++) {
      Option<?> option = OPTIONS.get(i);
      String was = chunk(stored, i, option);
      if (!was.equals(chunk(current, i, option))
          && !allowed.contains(Keys.normalized(option.key()))) {
        different.add(option.key());
      }
    }
    return different;
  }

  /** Whether the tokens of pages had another meaning under a fingerprint. */
  public static boolean changesPageTokens(String stored, Map<String, Object> values) {
    Object style = values.get(RestOptions.PAGINATION.key());
    boolean addresses = style == PaginationStyle.NEXT_URL || style == PaginationStyle.LINK_HEADER;
    return differences(stored, values, "").stream()
        .anyMatch(
            option ->
                OF_PAGE_TOKENS.contains(option)
                    || (addresses && option.equals(RestOptions.URL.key())));
  }

  private static String chunk(String fingerprint, int index, Option<?> option) {
    int from = index * LENGTH;
    if (fingerprint.length() >= from + LENGTH) {
      return fingerprint.substring(from, from + LENGTH);
    }
    String defaultText = option.defaultText();
    return defaultText == null
        ? UNSET
        : hash(String.valueOf(option.type().parser().parse(defaultText)));
  }

  /** Whether a list of accepted changes names an option. */
  public static boolean accepts(String accepted, Option<?> option) {
    return split(accepted).stream()
        .anyMatch(name -> Keys.normalized(name).equals(Keys.normalized(option.key())));
  }

  /**
   * The options whose changes are noticed: those above, and the inputs, which are the positions'
   * keys.
   */
  static String names() {
    return acceptable().map(Option::key).collect(Collectors.joining(", "));
  }

  private static Stream<Option<?>> acceptable() {
    return Stream.concat(OPTIONS.stream(), Stream.of(RestOptions.INPUT_DATA));
  }

  /** The names in a list that are none of the options above. */
  static List<String> unknown(String accepted) {
    return split(accepted).stream()
        .filter(name -> acceptable().noneMatch(option -> accepts(name, option)))
        .toList();
  }

  private static List<String> split(String names) {
    return Arrays.stream(names.split(",")).map(String::trim).filter(n -> !n.isEmpty()).toList();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, 3));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
