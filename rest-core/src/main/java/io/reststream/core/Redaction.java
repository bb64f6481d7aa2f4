package io.reststream.core;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.reststream.core.http.RestRequest;
import io.reststream.core.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets out of messages. A server may quote what it was sent, and messages quote servers,
 * so that all known values are looked for, also in the forms in which they travel.
 */
final class Redaction {
  private static final String HIDDEN = "****";

  /** Shorter ones are hidden nowhere: they would be found in every other word. */
  private static final int SHORTEST = 4;

  private final List<Secret> options;
  private final Supplier<Collection<String>> others;

  /**
   * A redaction.
   *
   * @param options the secrets of the options
   * @param others further values: tokens, encoded passwords
   */
  Redaction(List<Secret> options, Supplier<Collection<String>> others) {
    this.options = options;
    this.others = others;
  }

  /** A text about a request, without secrets. */
  String of(RestRequest request, String text) {
    return redacted(text, values(request));
  }

  /** Texts about a request, without secrets. */
  List<String> of(RestRequest request, List<String> texts) {
    List<String> values = values(request);
    return texts.stream().map(text -> redacted(text, values)).toList();
  }

  /**
   * A failure without secrets: itself where it shows none, else one that says the same without
   * them.
   *
   * @param request what failed; null if it was never made
   */
  Throwable of(@Nullable RestRequest request, Throwable failure) {
    List<String> values = values(request);
    return isClean(failure, values) ? failure : redacted(failure, values);
  }

  private List<String> values(@Nullable RestRequest request) {
    Stream<String> known =
        Stream.of(
                options.stream().flatMap(option -> option.seen().stream()),
                others.get().stream(),
                request == null ? Stream.<String>empty() : WrittenSecrets.of(request))
            .flatMap(values -> values);
    return known
        .filter(value -> value.length() >= SHORTEST)
        .flatMap(Redaction::forms)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  private static Stream<String> forms(String value) {
    String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
    String html =
        value
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    String line = value.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return Stream.of(
            value,
            line,
            form,
            form.replace("+", "%20"),
            html,
            new String(JsonStringEncoder.getInstance().quoteAsString(value)))
        .filter(text -> text.length() >= SHORTEST);
  }

  private static String redacted(String text, List<String> values) {
    String clean = text;
    for (String value : values) {
      clean = clean.replace(value, HIDDEN);
    }
    for (String value : values) {
      clean = withoutCut(clean, value);
    }
    return clean;
  }

  /** Hides the beginning of a value where a quotation of it was cut off. */
  private static String withoutCut(String text, String value) {
    String clean = text;
    for (int dots = clean.indexOf("..."); dots >= 0; dots = clean.indexOf("...", dots + 1)) {
      int length = Math.min(value.length() - 1, dots);
      while (length >= SHORTEST && !clean.startsWith(value.substring(0, length), dots - length)) {
        length--;
      }
      if (length >= SHORTEST) {
        clean = clean.substring(0, dots - length) + HIDDEN + clean.substring(dots);
        dots += HIDDEN.length() - length;
      }
    }
    return clean;
  }

  private static boolean isClean(@Nullable Throwable failure, List<String> values) {
    if (failure == null) {
      return true;
    }
    String message = failure.getMessage();
    return (message == null || redacted(message, values).equals(message))
        && isClean(failure.getCause(), values)
        && Stream.of(failure.getSuppressed()).allMatch(other -> isClean(other, values));
  }

  private static RestException redacted(Throwable failure, List<String> values) {
    String message = redacted(String.valueOf(failure.getMessage()), values);
    Throwable before = failure.getCause();
    Throwable cause = before == null ? null : redacted(before, values);
    RestException clean;
    if (failure instanceof RequestException) {
      clean = new RequestException(message, cause);
    } else if (failure instanceof ResponseException) {
      clean = new ResponseException(message, cause);
    } else {
      boolean ours = failure.getClass() == RestException.class;
      clean =
          new RestException(ours ? message : failure.getClass().getName() + ": " + message, cause);
    }
    clean.setStackTrace(failure.getStackTrace());
    List<Throwable> suppressed = new ArrayList<>(List.of(failure.getSuppressed()));
    suppressed.forEach(other -> clean.addSuppressed(redacted(other, values)));
    return clean;
  }
}
