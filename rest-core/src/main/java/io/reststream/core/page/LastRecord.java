package io.reststream.core.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.FieldPath;
import io.reststream.core.json.LastRecordFields;
import io.reststream.core.json.ShapeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next request carries fields of the page's last record, up to a page without records. The
 * token is their JSON, so that the kinds of the values survive.
 *
 * @param fields the fields; an array of their values is sent if there are several
 * @param pageSize how many records a full page has; null if nobody says
 */
record LastRecord(List<FieldPath> fields, @Nullable Integer pageSize) implements Pagination {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  @Override
  public @Nullable String next(PageTurn turn) throws ShapeException {
    if (turn.page().size() == 0) {
      if (turn.more()) {
        throw new ShapeException(
            "says that there is more (option 'hasMoreField'), but has no record to go on from");
      }
      return null;
    }
    String token = LastRecordFields.json(turn.page(), turn.page().size() - 1, fields);
    if (token.equals(turn.token()) && !isEnd(turn)) {
      throw new ContradictionException(
          "has %d records, the last of which is the one that it was asked to go on from: the API does not heed the token, or as many records share its value; add a field to 'nextField' that tells them apart%s"
              .formatted(
                  turn.page().size(),
                  pageSize == null ? ", or set 'pageSize' if a full page has more" : ""));
    }
    return token.equals(turn.token()) ? null : token;
  }

  /**
   * Whether a page that ends where it was asked to begin is the end: where an API includes that
   * record, it is there alone, or with others of its value, if these are not a full page.
   */
  private boolean isEnd(PageTurn turn) throws ShapeException {
    int size = turn.page().size();
    boolean shorter =
        pageSize == null
            ? size * (turn.walked().pages() - 1) < turn.walked().records() - size
            : size < pageSize;
    return size == 1
        || (shorter && LastRecordFields.json(turn.page(), 0, fields).equals(turn.token()));
  }

  /** A text, the text of a number, or a list. */
  @Override
  public Object sent(String token) {
    try {
      JsonNode node = JSON.readTree(token);
      return node.isArray() ? list(node) : node.isTextual() ? node.textValue() : token;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the page token is no JSON", e);
    }
  }

  private static List<@Nullable Object> list(JsonNode array) throws JsonProcessingException {
    List<@Nullable Object> list = new ArrayList<>();
    for (JsonNode node : array) {
      list.add(node.isArray() ? list(node) : JSON.treeToValue(node, Object.class));
    }
    return list;
  }
}
