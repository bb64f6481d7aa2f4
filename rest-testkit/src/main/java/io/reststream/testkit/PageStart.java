package io.reststream.testkit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a request says where the page that it wants begins, where it is not by a token. */
sealed interface PageStart {

  /** The index in what was found at which the page begins; empty if there is no such place. */
  OptionalInt indexIn(List<FeedRecord> found, Request request, int pageSize);

  /** Pages are counted. */
  record ByNumber(String param, int first) implements PageStart {
    @Override
    public OptionalInt indexIn(List<FeedRecord> found, Request request, int pageSize) {
      String number = value(request, param);
      return OptionalInt.of(number == null ? 0 : (Integer.parseInt(number) - first) * pageSize);
    }
  }

  /** The records before a page are counted. */
  record ByOffset(String param, int first) implements PageStart {
    @Override
    public OptionalInt indexIn(List<FeedRecord> found, Request request, int pageSize) {
      String number = value(request, param);
      return OptionalInt.of(number == null ? 0 : Integer.parseInt(number) - first);
    }
  }

  /** The page follows the record of a request's values, or begins with it. */
  record ByRecord(String param, List<String> fields, boolean inclusive) implements PageStart {
    @Override
    public OptionalInt indexIn(List<FeedRecord> found, Request request, int pageSize) {
      String asked = value(request, param);
      // null is no record, and refused, as Elasticsearch does.
      if (asked == null || asked.isEmpty()) {
        return OptionalInt.of(0);
      }
      for (int i = 0; i < found.size(); i++) {
        if (valuesOf(found.get(i)).equals(asked)) {
          return OptionalInt.of(inclusive ? i : i + 1);
        }
      }
      return OptionalInt.empty();
    }

    private String valuesOf(FeedRecord record) {
      List<String> values =
          fields.stream()
              .map(record::value)
              .flatMap(Optional::stream)
              .map(
                  value ->
                      fields.size() > 1 || value.text().isEmpty() ? value.json() : value.text())
              .toList();
      return fields.size() == 1
          ? values.get(0)
          : values.stream().collect(Collectors.joining(",", "[", "]"));
    }
  }

  private static @Nullable String value(Request request, String param) {
    return param.startsWith("header:")
        ? request.header(param.substring("header:".length()))
        : request.param(param);
  }
}
