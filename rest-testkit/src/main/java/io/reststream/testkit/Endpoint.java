package io.reststream.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One way in which an API serves a {@link Feed}, put together from its parts.
 *
 * <pre>{@code
 * // GET /events?since=3  ->  {"events":[{"id":3,"ts":3},{"id":4,"ts":4}],"latest_timestamp":4}
 * Endpoint.at("/events").since("since", "ts").data("events").latest("latest_timestamp", "ts");
 *
 * // GET /data?cursor=start&limit=2  ->  {"results":[...],"next_cursor":"MDo0"}
 * Endpoint.at("/data").data("results").cursor("cursor", "next_cursor", Tail.MOVED);
 *
 * // GET /items?start_id=3  ->  [{"id":3},{"id":4}]
 * Endpoint.at("/items").since("start_id", "id");
 *
 * // newest first, with a link to the next page of two records
 * Endpoint.at("/log").since("since", "ts").descending("ts").pageSize(2)
 *     .data("data").nextUrl("next", Tail.NULL);
 * }</pre>
 *
 * <p>Without further calls, the default feed is served as a bare array, whole, in the order of its
 * publication. Fields stand around the records in the order of the calls. Set up an endpoint before
 * it is served; after that it holds no state, so that many APIs may share it.
 */
public final class Endpoint {

  private static final String HEADER = "header:";
  private static final int NOT_MODIFIED = 304;

  private final String path;
  private final Map<String, ResponseField> fields = new LinkedHashMap<>();
  private String feed = "";
  private @Nullable String feedParam;
  private @Nullable String sinceParam;
  private String sinceField = "";
  private boolean exclusive;
  private @Nullable String untilParam;
  private boolean untilInclusive;
  private RecordOrder order = new RecordOrder.AsAppended();
  private int pageSize = Integer.MAX_VALUE;
  private @Nullable Long rechunkSeed;
  private @Nullable String tokenParam;
  private @Nullable PageStart start;
  private boolean endsUnsaid;
  private boolean lastPageForEver;
  private boolean refusesBeyond;
  private int emptyFirstPages;
  private @Nullable String dataPlace;
  private boolean single;
  private WhenEmpty whenEmpty = WhenEmpty.ARRAY;
  private boolean gzip;
  private boolean lines;
  private Freshness freshness = Freshness.UNSAID;

  private Endpoint(String path) {
    this.path = path;
  }

  /**
   * An endpoint at {@code path}; a part in braces, as in {@code /tenants/{tenant}/events}, is a
   * parameter.
   */
  public static Endpoint at(String path) {
    return new Endpoint(path);
  }

  String path() {
    return path;
  }

  // which records

  /** Serves the feed of this name instead of the default one. */
  public Endpoint feed(String name) {
    feed = name;
    return this;
  }

  /** Serves the feed that a parameter of the request names, such as one per tenant. */
  public Endpoint feedNamedBy(String param) {
    feedParam = param;
    return this;
  }

  /**
   * Serves only records whose {@code field} is at or above the parameter's value; all of them if
   * the request has no value for it.
   */
  public Endpoint since(String param, String field) {
    sinceParam = param;
    sinceField = field;
    return this;
  }

  /** Serves only what lies above the value of {@link #since}, not what is at it. */
  public Endpoint exclusive() {
    exclusive = true;
    return this;
  }

  /** Of what {@link #since} finds, serves only what lies below another parameter's value. */
  public Endpoint until(String param) {
    untilParam = param;
    return this;
  }

  /** Of what {@link #since} finds, serves only what lies at or below another parameter's value. */
  public Endpoint upTo(String param) {
    untilInclusive = true;
    return until(param);
  }

  // in which order and portions

  /** Sorts by {@code field}, smallest first. */
  public Endpoint ascending(String field) {
    order = new RecordOrder.ByField(field, false);
    return this;
  }

  /** Sorts by {@code field}, largest first, and the later of two equals first. */
  public Endpoint descending(String field) {
    order = new RecordOrder.ByField(field, true);
    return this;
  }

  /** Serves at most this many records at once; a request's {@code limit} may ask for fewer. */
  public Endpoint pageSize(int records) {
    if (records < 1) {
      throw new IllegalArgumentException("A page holds at least one record, not " + records);
    }
    pageSize = records;
    return this;
  }

  /** Cuts the pages anew for every request: from one record up to the page size. */
  public Endpoint rechunked(long seed) {
    rechunkSeed = seed;
    return this;
  }

  /** Leaves the first pages without records, although more follow. */
  public Endpoint emptyFirstPages(int pages) {
    emptyFirstPages = pages;
    return this;
  }

  // in which shape

  /** Puts the records at {@code place}: {@code events}, {@code payload.items}, {@code /a.b}. */
  public Endpoint data(String place) {
    dataPlace = place;
    fields.put(place, new ResponseField.Constant("[]"));
    return this;
  }

  /** Serves the last record alone, not in an array; status 204 if there is none. */
  public Endpoint single() {
    single = true;
    return whenEmpty(WhenEmpty.NO_CONTENT);
  }

  /** Puts a field at {@code place} in the body, or in a header: {@code header:X-Next}. */
  public Endpoint with(String place, ResponseField field) {
    fields.put(place, field);
    return this;
  }

  /** Says at {@code place} which value of {@code field} is the largest on the page. */
  public Endpoint latest(String place, String field) {
    return with(place, new ResponseField.LargestOfPage(field));
  }

  /**
   * Pages by a parameter that takes the token, or cursor, which each page gives at {@code place}.
   */
  public Endpoint cursor(String param, String place, Tail tail) {
    tokenParam = param;
    return with(place, new ResponseField.NextToken(tail));
  }

  /** Pages by a parameter, or {@code header:Name}, that takes the page's number. */
  public Endpoint pageNumber(String param, int first) {
    return startingAt(new PageStart.ByNumber(param, first));
  }

  /** Pages by a parameter that takes the number of records before the page. */
  public Endpoint offsetLimit(String param, int first) {
    return startingAt(new PageStart.ByOffset(param, first));
  }

  /** Pages by a parameter that takes the fields of the record that the page follows. */
  public Endpoint after(String param, String... recordFields) {
    return startingAt(new PageStart.ByRecord(param, List.of(recordFields), false));
  }

  /** Pages by a parameter that takes the fields of the record that the page begins with. */
  public Endpoint from(String param, String... recordFields) {
    return startingAt(new PageStart.ByRecord(param, List.of(recordFields), true)).sayingTheEnd();
  }

  private Endpoint startingAt(PageStart pages) {
    start = pages;
    endsUnsaid = true;
    return this;
  }

  /** The reader knows the last page when it sees it, by a field or since it is short. */
  public Endpoint sayingTheEnd() {
    endsUnsaid = false;
    return this;
  }

  /** Answers the last page again for every page beyond it. */
  public Endpoint lastPageForEver() {
    lastPageForEver = true;
    return this;
  }

  /** Answers status 404 for a page beyond the last one. */
  public Endpoint refusingBeyond() {
    refusesBeyond = true;
    return this;
  }

  /** Pages by a Link header (RFC 8288). */
  public Endpoint linkHeader(boolean absolute, Tail tail) {
    tokenParam = "page_token";
    return with("header:Link", new ResponseField.LinkLine(absolute, tail));
  }

  /** Pages by a link at {@code place}, in an array of links. */
  public Endpoint linkArray(String place, Tail tail) {
    tokenParam = "page_token";
    return with(place, new ResponseField.LinkArray(tail));
  }

  /** Pages by an absolute link at {@code place}. */
  public Endpoint nextUrl(String place, Tail tail) {
    tokenParam = "page_token";
    return with(place, new ResponseField.NextLink(true, tail));
  }

  /** Pages by a link at {@code place} that begins with the path. */
  public Endpoint nextPath(String place, Tail tail) {
    tokenParam = "page_token";
    return with(place, new ResponseField.NextLink(false, tail));
  }

  /** Says how the answer looks when there are no records, and none to come. */
  public Endpoint whenEmpty(WhenEmpty answer) {
    whenEmpty = answer;
    return this;
  }

  /** Serves a record on each line (newline-delimited JSON), with nothing around them. */
  public Endpoint ndjson() {
    lines = true;
    return this;
  }

  /** Sends an ETag, a hash of the body, and 304 to who has it. */
  public Endpoint etag() {
    freshness = Freshness.ETAG;
    return this;
  }

  /** Sends a Last-Modified, which moves with every record, and 304 to who knows it. */
  public Endpoint lastModified() {
    freshness = Freshness.LAST_MODIFIED;
    return this;
  }

  /** Compresses every answer. */
  public Endpoint gzip() {
    gzip = true;
    return this;
  }

  // the answer

  Answer answer(Request request, Function<String, Feed> feeds) {
    Feed asked = feeds.apply(feedName(request));
    Optional<Place> place = Place.of(tokenParam == null ? null : request.param(tokenParam));
    if (place.isEmpty()) {
      return refused(400, "unknown token");
    }
    List<FeedRecord> published = asked.ask();
    List<FeedRecord> found = order.sorted(selected(published, request));
    OptionalInt from =
        start == null ? place.get().indexIn(found) : start.indexIn(found, request, pageSize);
    if (from.isEmpty()) {
      return refused(410, "the token is too old");
    }
    boolean beyond = from.getAsInt() >= found.size() && from.getAsInt() > 0;
    if (beyond && refusesBeyond) {
      return refused(404, "no such page").readingToTheEnd(asked);
    }
    int last = Math.max(0, (found.size() - 1) / pageSize * pageSize);
    int begin = beyond ? (lastPageForEver ? last : found.size()) : from.getAsInt();
    ServedPage page = page(request, published, found, place.get(), begin);
    Answer answer = freshness.answer(request, shaped(page), published.size());
    boolean known = answer.status() == NOT_MODIFIED;
    return known || readsToTheEnd(page) ? answer.readingToTheEnd(asked) : answer;
  }

  private String feedName(Request request) {
    String name = feedParam == null ? null : request.param(feedParam);
    return name == null ? feed : name;
  }

  private List<FeedRecord> selected(List<FeedRecord> published, Request request) {
    String since = sinceParam == null ? null : request.param(sinceParam);
    if (since == null || since.isEmpty()) {
      return published;
    }
    FieldValue floor = FieldValue.of(since);
    int least = exclusive ? 1 : 0;
    return published.stream()
        .filter(record -> isBeforeTheEnd(record, request))
        .filter(
            record ->
                record
                    .value(sinceField)
                    .map(value -> Integer.signum(value.compareTo(floor)) >= least)
                    .orElse(true))
        .toList();
  }

  private boolean isBeforeTheEnd(FeedRecord record, Request request) {
    String until = untilParam == null ? null : request.param(untilParam);
    int most = untilInclusive ? 0 : -1;
    return until == null
        || record
            .value(sinceField)
            .map(value -> Integer.signum(value.compareTo(FieldValue.of(until))) <= most)
            .orElse(true);
  }

  private ServedPage page(
      Request request, List<FeedRecord> published, List<FeedRecord> found, Place place, int from) {
    boolean leftEmpty = place.emptyPages() < emptyFirstPages;
    int to = leftEmpty ? from : (int) Math.min(found.size(), (long) from + limit(request));
    List<FeedRecord> records = found.subList(single ? Math.max(from, to - 1) : from, to);
    long after = to > from ? found.get(to - 1).number() : place.after();
    Place next = new Place(place.emptyPages() + (leftEmpty ? 1 : 0), after);
    return new ServedPage(
        request,
        sinceParam,
        tokenParam,
        published,
        records,
        next,
        leftEmpty || to < found.size(),
        found.size(),
        pageSize);
  }

  private int limit(Request request) {
    String asked = request.param("limit");
    int most = asked == null ? pageSize : Math.min(pageSize, Integer.parseInt(asked));
    return rechunkSeed == null
        ? most
        : new SplittableRandom(rechunkSeed + request.number()).nextInt(most) + 1;
  }

  /** An unpaged newest-first page is all that its reader can get. */
  private boolean readsToTheEnd(ServedPage page) {
    boolean newestFirst = order instanceof RecordOrder.ByField by && by.descending();
    if (endsUnsaid) {
      return page.records().isEmpty();
    }
    return !page.more() || (tokenParam == null && newestFirst);
  }

  private Answer shaped(ServedPage page) {
    if (page.records().isEmpty() && !page.more() && whenEmpty != WhenEmpty.ARRAY) {
      return Answer.status(whenEmpty == WhenEmpty.NO_CONTENT ? 204 : 200);
    }
    String data = data(page.records());
    Envelope envelope = new Envelope();
    Answer answer = Answer.json("");
    for (Map.Entry<String, ResponseField> field : fields.entrySet()) {
      String place = field.getKey();
      String json = place.equals(dataPlace) ? data : field.getValue().json(page);
      if (json != null && place.startsWith(HEADER)) {
        answer = answer.header(place.substring(HEADER.length()), FeedRecord.parse(json).asText());
      } else if (json != null) {
        envelope.put(place, json);
      }
    }
    answer = answer.body(dataPlace == null ? data : envelope.json());
    return gzip ? answer.gzip() : answer;
  }

  private String data(List<FeedRecord> records) {
    if (single) {
      return records.get(0).json();
    }
    List<String> texts = FeedRecord.texts(records);
    return lines ? String.join("\n", texts) : "[" + String.join(",", texts) + "]";
  }

  private static Answer refused(int status, String why) {
    return Answer.json("{\"error\":\"" + why + "\"}").withStatus(status);
  }
}
