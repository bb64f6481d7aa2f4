package io.reststream.spark.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a record that is an array of values as an object, each value under the name that stands for
 * its place. Values beyond the names are left out, as unknown fields of an object are.
 *
 * <pre>["4b1814", 47.45] becomes {"icao24": "4b1814", "latitude": 47.45}</pre>
 */
final class PositionalParser extends WholeTextParser {
  private final List<String> names;
  private int named;
  private int depth;

  /** What is shown in place of the token that the array's parser stands at. */
  private @Nullable JsonToken shown;

  PositionalParser(JsonParser array, List<String> names) {
    super(array);
    this.names = names;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    if (shown == JsonToken.FIELD_NAME) {
      shown = null;
      return delegate.currentToken();
    }
    shown = null;
    JsonToken token = delegate.nextToken();
    while (token != null) {
      boolean element = depth == 1 && !token.isStructEnd();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
      if (depth == 1 && token == JsonToken.START_ARRAY) {
        shown = JsonToken.START_OBJECT;
      } else if (depth == 0) {
        shown = JsonToken.END_OBJECT;
      } else if (element && named < names.size()) {
        named++;
        shown = JsonToken.FIELD_NAME;
      } else if (element) {
        skipChildren();
        token = delegate.nextToken();
        continue;
      }
      return currentToken();
    }
    return null;
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    if (shown != JsonToken.FIELD_NAME && delegate.currentToken().isStructStart()) {
      delegate.skipChildren();
      depth--;
      shown = depth == 0 ? JsonToken.END_OBJECT : null;
    }
    return this;
  }

  @Override
  public @Nullable JsonToken currentToken() {
    return shown == null ? delegate.currentToken() : shown;
  }

  @Override
  @SuppressWarnings("deprecation")
  public @Nullable JsonToken getCurrentToken() {
    return currentToken();
  }

  @Override
  public int currentTokenId() {
    JsonToken token = currentToken();
    return token == null ? JsonToken.NOT_AVAILABLE.id() : token.id();
  }

  @Override
  @SuppressWarnings("deprecation")
  public int getCurrentTokenId() {
    return currentTokenId();
  }

  @Override
  public @Nullable String currentName() throws IOException {
    String name = delegate.currentName();
    return name == null && named > 0 ? names.get(named - 1) : name;
  }

  @Override
  @SuppressWarnings("deprecation")
  public @Nullable String getCurrentName() throws IOException {
    return currentName();
  }
}
