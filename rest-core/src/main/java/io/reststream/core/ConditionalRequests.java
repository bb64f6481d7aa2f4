package io.reststream.core;

import io.reststream.core.config.BoundaryOptions;
import io.reststream.core.config.HttpMethod;
import io.reststream.core.config.Option;
import io.reststream.core.config.PageOptions;
import io.reststream.core.config.ResponseField;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which requests ask only for what has changed (RFC 9110, section 13.1). A validator is kept with
 * the position after a page that would say nothing new if it came again, and sent with the very
 * request that it was answered to; so 304 stands for exactly that page.
 *
 * <p>Many an ETag is a hash of the body alone: none is kept where the offset is read from a header,
 * nor where a next page that only a header names could hold something new. Nor is one for a method
 * other than GET, which a server would refuse with 412. Nor is one in windows, of which no two are
 * asked for by the same request.
 */
final class ConditionalRequests {
  static final int NOT_MODIFIED = 304;

  /** What the position's own fingerprint leaves out, although it decides how a page is read. */
  private static final List<Option<?>> READING =
      List.of(
          RestOptions.INITIAL_OFFSET,
          RestOptions.RESPONSE_FORMAT,
          RestOptions.PAGE_SIZE,
          RestOptions.ERROR_WHEN,
          RestOptions.ALLOW_OFFSET_DECREASE,
          BoundaryOptions.LOOKBACK,
          PageOptions.HAS_MORE_FIELD,
          PageOptions.END_WHEN,
          PageOptions.TOTAL_FIELD,
          PageOptions.TOTAL_PAGES_FIELD,
          PageOptions.SHORT_PAGE_ENDS);

  /** Headers that say who asks, and change without changing what is asked. */
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  /** Strictly as in RFC 9110, section 8.8.3, since {@code *} would mean any answer at all. */
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e]{0,500}\"");

  private static final int OK = 200;

  /** An older time does not tell apart two changes that came close together. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private static final int HASH_LENGTH = 16;

  private final boolean on;
  private final String reading;

  ConditionalRequests(RestConfig config) {
    this.on =
        config.value(RestOptions.CONDITIONAL_REQUESTS)
            && config.mode() == ReadMode.STREAM
            && config.windows() == null
            && config.request().method() == HttpMethod.GET
            && config.request().headers().keySet().stream().noneMatch(ConditionalRequests::isOwn)
            && isInBody(config.offset().responseField());
    Map<String, String> texts = config.options();
    this.reading =
        READING.stream()
            .map(option -> option.key() + "=" + texts.get(option.key()))
            .collect(Collectors.joining("\n"));
  }

  private static boolean isInBody(@Nullable ResponseField field) {
    return field == null || field instanceof ResponseField.Body;
  }

  /** Whether a header of the options makes requests conditional already; it wins. */
  private static boolean isOwn(String header) {
    return header.toLowerCase(Locale.ROOT).startsWith("if-");
  }

  /** What to send along with the request that follows a position; null for none. */
  @Nullable Validator due(Position position, RestRequest request) {
    Validator kept = position.validator();
    return on && kept != null && position.betweenCycles() && kept.of().equals(hash(request))
        ? kept
        : null;
  }

  /** What an answer offers to recognise it by; null for nothing that can be relied on. */
  @Nullable Validator offered(RestRequest request, RestResponse response) {
    if (!on || response.status() != OK) {
      return null;
    }
    String etag = only(response, Validator.Kind.ETAG.header);
    if (etag != null && ETAG.matcher(etag).matches()) {
      return new Validator(hash(request), Validator.Kind.ETAG, etag);
    }
    String modified = only(response, Validator.Kind.LAST_MODIFIED.header);
    return modified != null && isSettled(modified, only(response, "Date"))
        ? new Validator(hash(request), Validator.Kind.LAST_MODIFIED, modified)
        : null;
  }

  private static @Nullable String only(RestResponse response, String header) {
    List<String> values = response.headers().getOrDefault(header, List.of());
    return values.size() == 1 ? values.get(0) : null;
  }

  /** Whether a change after the answer is sure to have a later time (section 8.8.2.2). */
  private static boolean isSettled(String modified, @Nullable String date) {
    Instant changed = time(modified);
    Instant answered = date == null ? null : time(date);
    return changed != null && answered != null && !changed.plus(SETTLED).isAfter(answered);
  }

  private static @Nullable Instant time(String text) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    } catch (DateTimeException e) {
      return null; // a form that no server may write
    }
  }

  /** What to keep after 304: the same, unless the server contradicts itself by naming another. */
  static @Nullable Validator after(Validator sent, RestResponse response) {
    List<String> named = response.headers().getOrDefault(sent.kind().header, List.of());
    return named.stream().allMatch(name -> opaque(name).equals(opaque(sent.value()))) ? sent : null;
  }

  /** As a weak comparison sees it (section 8.8.3.2). */
  private static String opaque(String value) {
    return value.startsWith("W/") ? value.substring(2) : value;
  }

  private String hash(RestRequest request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, reading);
      add(digest, request.method());
      add(digest, request.uri().toString());
      new TreeMap<>(request.headers())
          .forEach(
              (name, value) -> {
                if (!CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
                  add(digest, name + ":" + value);
                }
              });
      byte[] body = request.body();
      if (body != null) {
        digest.update(body);
      }
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest.digest(), HASH_LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
