package io.reststream.core.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Finds out, for each placeholder of a JSON body, whether it is within a string or a value. */
final class JsonBody {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private JsonBody() {}

  static BracedText parse(String text) {
    BitSet strings = strings(text);
    BracedText body =
        BracedText.parse(
            text,
            at -> strings.get(at) ? Insertion.JSON_STRING : Insertion.JSON_VALUE,
            (from, to) -> JsonMember.at(text, strings, from, to));
    // null shows a placeholder in a key's place or glued to a token, '_' one within an escape.
    check(body.expand(name -> null));
    check(body.unformatted().expand(name -> "_"));
    check(body.expand(name -> null, name -> true));
    return body;
  }

  /** The indices that are within a string. */
  private static BitSet strings(String text) {
    BitSet strings = new BitSet(text.length());
    boolean within = false;
    for (int at = 0; at < text.length(); at++) {
      strings.set(at, within);
      char c = text.charAt(at);
      if (c == '"') {
        within = !within;
      } else if (c == '\\' && within && at + 1 < text.length()) {
        at++;
        strings.set(at);
      }
    }
    return strings;
  }

  private static void check(String sample) {
    try (JsonParser parser = JSON.createParser(sample)) {
      if (parser.nextToken() == null) {
        throw malformed(1, "it is empty", null);
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw malformed(
            parser.currentTokenLocation().getLineNr(), "a second value follows the first", null);
      }
    } catch (JsonProcessingException e) {
      // Bodies hold credentials: a word of this one is not shown.
      String problem =
          e.getOriginalMessage().replaceFirst("^Unrecognized token '[^']*'", "Unrecognized token");
      throw malformed(e.getLocation().getLineNr(), problem, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalArgumentException malformed(
      int line, String problem, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        ("The body must be one JSON value, where a placeholder stands within a string (\"{name}\")"
                + " or for a value ({name}), but at line %d: %s")
            .formatted(line, problem),
        cause);
  }
}
