package io.reststream.core.simulation;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.core.simulation.Plan.Offsets;
import io.reststream.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An API in memory: answers at once, never the same way twice, and not always well. */
final class SimulatedApi implements Transport {
  private static final int MOST_REFUSALS = 3;

  private final Plan plan;
  private final Dice dice;
  private final ManualClock clock;
  private final Trace trace;
  private final Map<String, Feed> feeds = new LinkedHashMap<>();
  private final Map<String, Listing> listings = new HashMap<>();
  private long requests;
  private long faults;
  private int refusals;
  private long lastTime;
  private int cursors;
  private boolean quiet;
  private boolean failed;
  private long unchanged;
  private final Quota quota;
  private final Map<String, Instant> changed = new HashMap<>();

  SimulatedApi(Plan plan, Dice dice, ManualClock clock, Trace trace) {
    this.plan = plan;
    this.dice = dice;
    this.clock = clock;
    this.trace = trace;
    this.quota = new Quota(plan, dice);
    for (int i = 0; i < plan.inputs; i++) {
      Feed feed = new Feed(plan, dice);
      feeds.put(PlannedOptions.feed(i), feed);
      listings.put(PlannedOptions.feed(i), new Listing(plan, dice, feed));
    }
  }

  Map<String, Feed> feeds() {
    return feeds;
  }

  long requests() {
    return requests;
  }

  long faults() {
    return faults;
  }

  /** How often it said that nothing had changed. */
  long unchanged() {
    return unchanged;
  }

  /** Whether the last request was answered in a way that gives no page. */
  boolean failed() {
    return failed;
  }

  /** Nothing is published and nothing fails from now on. */
  void quiet() {
    quiet = true;
  }

  boolean isQuiet() {
    return quiet;
  }

  /** Publishes some records in some feed. */
  void publish() {
    int feed = dice.below(plan.inputs);
    int count = dice.chance(0.1) ? dice.between(8, 20) : dice.between(1, 4);
    long least =
        plan.offsets == Offsets.CLOCK ? Math.max(now(), lastTime + (plan.exclusive ? 1 : 0)) : 1;
    feeds.get(PlannedOptions.feed(feed)).publish(count, least, clock.instant());
    changed.put(PlannedOptions.feed(feed), clock.instant());
    trace.add("  published in %s: %d more", PlannedOptions.feed(feed), count);
  }

  /** Forgets stored results, as time does. */
  void forget() {
    if (plan.refusals > 0 && refusals < MOST_REFUSALS) {
      refusals++;
      listings.values().forEach(Listing::forget);
      trace.add("  the API forgot its page tokens");
    }
  }

  /** Seconds, counted as places. */
  private long now() {
    return Duration.between(ManualClock.EPOCH, clock.instant()).toSeconds() + 1;
  }

  @Override
  public CompletableFuture<RestResponse> send(RestRequest request) {
    requests++;
    failed = false;
    Instant now = clock.instant();
    if (quota.isUsedUp(now) && !quiet) {
      failed = true;
      faults++;
      return answered(request, quota.refusal(now));
    }
    Question question = Question.of(request);
    Token token = token(question);
    Listing listing = listings.get(question.feed());
    if (token != null && (!listing.knows(token) || isRefused())) {
      return answered(request, status(dice.one(400, 404, 410), Map.of()));
    }
    boolean conditional = request.headers().keySet().stream().anyMatch(n -> n.startsWith("If-"));
    boolean first = token == null || (plan.paging.isNumbered() && token.at() == 0);
    if (conditional && !first) {
      throw new IllegalStateException("A page within a cycle was asked for conditionally");
    }
    RestResponse page = page(request.uri(), question, token, listing);
    Instant then = changed.getOrDefault(question.feed(), ManualClock.EPOCH);
    RestResponse whole = quota.tell(plan.freshness.answer(request, page, then, now), now);
    if (!quiet && dice.chance(plan.faults)) {
      failed = true;
      faults++;
      return fault(request, whole);
    }
    unchanged += whole.status() == 304 ? 1 : 0;
    return answered(request, whole);
  }

  /** Where the page begins that is asked for; null for the first one. */
  private @Nullable Token token(Question question) {
    String text = question.token();
    if (text == null || plan.paging.isAddress() || plan.paging == Plan.Paging.TOKEN) {
      return Token.parse(text);
    }
    int number = Integer.parseInt(text.replace("[", "").split(",")[0]) - plan.firstPage;
    int at =
        plan.paging == Plan.Paging.PAGE_NUMBER
            ? number / Math.max(1, plan.pageStep) * plan.mostLimit
            : number;
    return new Token(since(question.offset()), at, 0, 0);
  }

  private boolean isRefused() {
    // A token that is refused again and again without a new record between is an error.
    boolean refused = !quiet && refusals < MOST_REFUSALS && dice.chance(plan.refusals);
    refusals += refused ? 1 : 0;
    return refused;
  }

  private RestResponse page(URI uri, Question question, @Nullable Token token, Listing listing) {
    long since = token == null ? since(question.offset()) : token.since();
    Listing.Cut cut = listing.cut(since, token, quiet);
    Answer answer = new Answer(plan);
    if (plan.isPaged()) {
      boolean computed = plan.paging.isNumbered() || plan.paging == Plan.Paging.LAST_RECORD;
      if (!computed) {
        answer.next(next(uri, question, cut.next()));
      }
      int pages = (cut.total() + plan.mostLimit - 1) / plan.mostLimit;
      answer.said(computed ? cut.more() : !cut.last(), cut.total(), pages);
    }
    if (plan.linkOffset) {
      answer.offset(link(question, offset(question, token == null, cut)));
    } else if (plan.offsets.isInResponse()) {
      answer.offset(offset(question, token == null, cut));
    }
    boolean empty = cut.items().isEmpty() && cut.next() == null && plan.noContent;
    return empty && !quiet && answer.isEmpty()
        ? status(204, Map.of())
        : answer.response(cut.items());
  }

  /** The address that a cursor stands in. */
  private static @Nullable String link(Question question, @Nullable String cursor) {
    return cursor == null || cursor.isEmpty() || cursor.equals(Answer.ABSENT)
        ? cursor
        : PlannedOptions.ADDRESS + question.feed() + "?offset=" + cursor;
  }

  private long since(@Nullable String offset) {
    if (offset == null || offset.equals("0") || offset.equals("start")) {
      return Listing.BEGINNING;
    }
    return plan.offsets == Offsets.CURSOR
        ? Long.parseLong(offset.substring(1, offset.indexOf('.')))
        : plan.sendForm.place(offset, plan.base);
  }

  /** The text of the next page's field; null is null. */
  private @Nullable String next(URI uri, Question question, @Nullable Token next) {
    if (next == null) {
      return switch (plan.end) {
        case SELF -> plan.paging == Plan.Paging.TOKEN ? question.token() : uri.toString();
        case EMPTY -> "";
        case NULL, NEVER -> null;
        case ABSENT -> Answer.ABSENT;
      };
    }
    String text = next.toString();
    if (plan.paging == Plan.Paging.TOKEN) {
      return text;
    }
    String query = "?pageToken=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    return switch (plan.base) {
      case 0 -> query;
      case 1 -> uri.getRawPath() + query;
      default -> PlannedOptions.ADDRESS + question.feed() + query;
    };
  }

  private @Nullable String offset(Question question, boolean first, Listing.Cut cut) {
    List<Feed.Item> items = cut.items();
    switch (plan.offsets) {
      case CLOCK -> {
        long time = now();
        lastTime = Math.max(lastTime, time);
        return plan.form.text(Math.max(1, time - dice.between(0, plan.lag)), plan.base, 0);
      }
      case PAGE_MAX -> {
        return items.stream()
            .max(Comparator.comparingLong(Feed.Item::place))
            .map(Feed.Item::offset)
            .orElse(plan.lateEnd ? null : Answer.ABSENT);
      }
      default -> {
        return cursor(question, first, cut);
      }
    }
  }

  private @Nullable String cursor(Question question, boolean first, Listing.Cut cut) {
    boolean last = cut.last();
    boolean here =
        switch (plan.cursorOn) {
          case EVERY_PAGE -> true;
          case FIRST_PAGE -> first;
          case LAST_PAGE -> last;
        };
    if (!here) {
      return Answer.ABSENT;
    }
    boolean caughtUp = plan.isPaged() ? last : !cut.more();
    boolean full = plan.lateEnd && plan.limited && cut.items().size() == plan.mostLimit;
    if (caughtUp && !full) {
      switch (plan.tail) {
        case NULL -> {
          return null;
        }
        case ABSENT -> {
          return Answer.ABSENT;
        }
        case EMPTY -> {
          return "";
        }
        case UNMOVED -> {
          return question.offset() == null ? null : question.offset();
        }
        case MOVED -> {
          if (cut.items().isEmpty() && question.offset() != null && !plan.isPaged()) {
            return question.offset();
          }
        }
      }
    }
    int number = plan.cursorOn == Plan.CursorOn.FIRST_PAGE ? newestNow(question) : cut.newest();
    return "c" + Math.max(0, number) + "." + (++cursors % 7);
  }

  /** The newest record of a feed when the first page of a cycle was made. */
  private int newestNow(Question question) {
    return feeds.get(question.feed()).size();
  }

  private CompletableFuture<RestResponse> fault(RestRequest request, RestResponse whole) {
    byte[] body = whole.body();
    switch (dice.below(body.length == 0 ? 4 : 8)) {
      case 0 -> {
        return answered(request, status(dice.one(500, 502, 503, 504, 408, 425), Map.of()));
      }
      case 1 -> {
        String after = dice.one("0", "3", "1.5", "Mon, 01 Jan 2024 00:01:00 GMT", "90");
        return answered(request, status(429, Map.of("Retry-After", List.of(after))));
      }
      case 2 -> {
        String reason = dice.one("timed out", "Connection reset", "Connection refused", "closed");
        trace.add("  %s -> %s", request, reason);
        return CompletableFuture.failedFuture(new IOException(reason));
      }
      case 3 -> {
        return answered(request, status(dice.one(401, 403, 409), Map.of()));
      }
      case 4, 5 -> {
        byte[] part = Arrays.copyOf(body, dice.below(body.length));
        return answered(request, new RestResponse(200, whole.headers(), part));
      }
      case 6 -> {
        String broken = new String(body, StandardCharsets.UTF_8) + dice.one("}", ",", "]", "x");
        return answered(request, ok(broken, whole.headers()));
      }
      default -> {
        return answered(request, ok(wrongShape(), Map.of()));
      }
    }
  }

  /** Another document than the one that was asked for, by another hand: a proxy, say. */
  private String wrongShape() {
    // Where no option names the data's field, any object is taken for a record.
    boolean named = plan.shape == Plan.Shape.NAMED || plan.shape == Plan.Shape.NESTED;
    return named
        ? dice.one("{\"error\":\"busy\"}", "{\"items\":\"none\",\"result\":3}", "<html>", "null")
        : dice.one("<html><body>Busy</body></html>", "", "true", "upstream");
  }

  private static RestResponse ok(String body, Map<String, List<String>> headers) {
    return new RestResponse(200, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static RestResponse status(int status, Map<String, List<String>> headers) {
    return new RestResponse(status, headers, new byte[0]);
  }

  private CompletableFuture<RestResponse> answered(RestRequest request, RestResponse response) {
    if (trace.isKept()) {
      trace.add(
          "  GET %s -> %d %s %s",
          request.uri(),
          response.status(),
          response.headers(),
          new String(response.body(), StandardCharsets.UTF_8));
    }
    return CompletableFuture.completedFuture(response);
  }

  @Override
  public void close() {}
}
