package io.reststream.testkit;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field that an endpoint puts beside the records, in the body or in a header.
 *
 * <pre>{@code
 * Endpoint.at("/events").data("events").with("latest", new ResponseField.LargestOfPage("ts"));
 * }</pre>
 */
public sealed interface ResponseField {

  /** The field's JSON text for {@code page}; null if the page goes without it. */
  @Nullable String json(ServedPage page);

  /** Always the same JSON text. */
  record Constant(String text) implements ResponseField {
    @Override
    public String json(ServedPage page) {
      return text;
    }
  }

  /** The largest value of a record field on the page; on an empty page, what was asked with. */
  record LargestOfPage(String field) implements ResponseField {
    @Override
    public String json(ServedPage page) {
      return largest(field, page.records(), page);
    }
  }

  /** The largest value of a record field in the whole feed: a server's clock, in event time. */
  record LargestOfFeed(String field) implements ResponseField {
    @Override
    public String json(ServedPage page) {
      return largest(field, page.feed(), page);
    }
  }

  /** The time by a clock, which the test may move. */
  record ServerTime(InstantSource clock, TimestampFormat format) implements ResponseField {
    @Override
    public String json(ServedPage page) {
      return format.json(clock.instant());
    }
  }

  /** The token of the next page, or the cursor of what follows. */
  record NextToken(Tail tail) implements ResponseField {
    @Override
    public @Nullable String json(ServedPage page) {
      String moved = page.next().token();
      return atTail(tail, page, moved, Objects.requireNonNullElse(page.askedToken(), moved));
    }
  }

  /** A link to the next page: the request's own path and query with another token. */
  record NextLink(boolean absolute, Tail tail) implements ResponseField {
    @Override
    public @Nullable String json(ServedPage page) {
      String base = absolute ? "http://" + page.request().header("Host") : "";
      String link = base + page.request().path() + "?" + query(page);
      return atTail(tail, page, link, base + page.request().target());
    }

    private static String query(ServedPage page) {
      String token = page.tokenParam() + "=";
      String query = Objects.requireNonNullElse(page.request().query(), "");
      Stream<String> others =
          Stream.of(query.split("&", -1)).filter(p -> !p.isEmpty() && !p.startsWith(token));
      String next = URLEncoder.encode(page.next().token(), StandardCharsets.UTF_8);
      return Stream.concat(others, Stream.of(token + next)).collect(Collectors.joining("&"));
    }
  }

  /** Links in a Link header: to the page itself, and to the next one. */
  record LinkLine(boolean absolute, Tail tail) implements ResponseField {
    @Override
    public String json(ServedPage page) {
      String self = "<" + page.request().path() + ">; rel=\"self\"; title=\"this, and; no other\"";
      String next = new NextLink(absolute, tail).json(page);
      String target = next == null ? "" : FeedRecord.parse(next).asText("");
      return quoted(target.isEmpty() ? self : self + ", <" + target + ">; REL=\"last Next\"");
    }
  }

  /** Links in an array, each with its relation. */
  record LinkArray(Tail tail) implements ResponseField {
    @Override
    public String json(ServedPage page) {
      String self = "{\"uri\":" + quoted(page.request().target()) + ",\"rel\":\"self\"}";
      String next = new NextLink(false, tail).json(page);
      return next == null
          ? "[" + self + "]"
          : "[" + self + ",{\"uri\":" + next + ",\"rel\":\"next\"}]";
    }
  }

  /** On the last page alone, a link to what will follow it. */
  record LaterLink() implements ResponseField {
    @Override
    public @Nullable String json(ServedPage page) {
      return page.more() ? null : new NextLink(true, Tail.MOVED).json(page);
    }
  }

  /** Whether there is a page after this one. */
  record HasMore() implements ResponseField {
    @Override
    public String json(ServedPage page) {
      return Boolean.toString(page.more());
    }
  }

  /** How many records of a feed that grows at its end come after this page. */
  record Pending() implements ResponseField {
    @Override
    public String json(ServedPage page) {
      int sent =
          page.records().isEmpty() ? page.feed().size() : page.feed().indexOf(last(page)) + 1;
      return Integer.toString(page.feed().size() - sent);
    }

    private static FeedRecord last(ServedPage page) {
      return page.records().get(page.records().size() - 1);
    }
  }

  /** Whether this is the last page. */
  record IsLast() implements ResponseField {
    @Override
    public String json(ServedPage page) {
      return Boolean.toString(!page.more());
    }
  }

  /** How many records all pages have. */
  record Total() implements ResponseField {
    @Override
    public String json(ServedPage page) {
      return Integer.toString(page.found());
    }
  }

  /** How many pages there are. */
  record TotalPages() implements ResponseField {
    @Override
    public String json(ServedPage page) {
      return Integer.toString((page.found() + page.pageSize() - 1) / page.pageSize());
    }
  }

  private static @Nullable String atTail(Tail tail, ServedPage page, String moved, String unmoved) {
    if (page.more()) {
      return quoted(moved);
    }
    return switch (tail) {
      case NULL -> "null";
      case ABSENT -> null;
      case EMPTY -> quoted("");
      case UNMOVED -> quoted(unmoved);
      case MOVED -> quoted(moved);
    };
  }

  private static String largest(String field, List<FeedRecord> records, ServedPage page) {
    Optional<FieldValue> largest =
        records.stream()
            .flatMap(record -> record.value(field).stream())
            .max((a, b) -> a.compareTo(b));
    String asked = page.askedSince();
    return largest
        .map(FieldValue::json)
        .orElseGet(() -> asked == null ? "null" : FieldValue.of(asked).json());
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
