package io.reststream.core.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one life is like: the API, its feed, the options that describe it, and what goes wrong. What
 * no client can mend is not drawn; where that narrows a choice, a comment says what it is.
 */
final class Plan {

  /** Where the next offset comes from. */
  enum Offsets {
    CLOCK,
    PAGE_MAX,
    RECORD_TIMES,
    MAX_FIELD,
    INCREMENTAL,
    CURSOR;

    /** Whether the response has a timestamp of its own. */
    boolean isResponseTime() {
      return this == CLOCK || this == PAGE_MAX;
    }

    /** Whether the response holds the offset. */
    boolean isInResponse() {
      return isResponseTime() || this == CURSOR;
    }
  }

  enum Paging {
    NONE,
    NEXT_URL,
    LINK_HEADER,
    TOKEN,
    PAGE_NUMBER,
    OFFSET_LIMIT,
    LAST_RECORD;

    boolean isNumbered() {
      return this == PAGE_NUMBER || this == OFFSET_LIMIT;
    }

    /** Whether the API gives the next page's address. */
    boolean isAddress() {
      return this == NEXT_URL || this == LINK_HEADER;
    }
  }

  /** What says, beside the token, that a page is the last one. */
  enum Said {
    NOTHING,
    MORE,
    TOTAL,
    TOTAL_PAGES,
    SHORT,
    WHEN
  }

  enum Sort {
    OLDEST_FIRST,
    NEWEST_FIRST,
    SHUFFLED
  }

  /** What a page token stands for: a record to go on behind or at, a number, a stored result. */
  enum Tokens {
    KEYSET,
    OVERLAP,
    INDEX,
    SNAPSHOT
  }

  /** What the field of the next page holds where no page follows. */
  enum End {
    NULL,
    ABSENT,
    EMPTY,
    SELF,
    NEVER
  }

  /** On which pages of a cycle the cursor stands that is the offset. */
  enum CursorOn {
    EVERY_PAGE,
    LAST_PAGE,
    FIRST_PAGE
  }

  /** What the cursor is where nothing follows. */
  enum Tail {
    NULL,
    ABSENT,
    EMPTY,
    UNMOVED,
    MOVED
  }

  enum Shape {
    BARE,
    DATA,
    NAMED,
    NESTED
  }

  enum EngineKind {
    FLINK,
    SPARK
  }

  private final Map<String, @Nullable Object> drawn = new LinkedHashMap<>();

  final EngineKind engine;
  final Offsets offsets;
  final Paging paging;
  final boolean exclusive;
  final boolean sent;
  final Sort sort;
  final @Nullable String order;
  final boolean limited;
  final Tokens tokens;
  final int mostTies;
  final int leastLimit;
  final int mostLimit;
  final boolean pageSize;
  final boolean keyed;
  final boolean twins;
  final boolean updates;
  final int tieBreak;
  final End end;
  final boolean lateEnd;
  final boolean noContent;
  final double emptyPages;
  final CursorOn cursorOn;
  final Tail tail;
  final Form form;
  final Form sendForm;
  final int lookback;
  final int lateness;
  final int granularity;
  final int base;
  final String initial;
  final int initialPlace;
  final Shape shape;
  final boolean nextInHeader;
  final boolean offsetInHeader;
  final boolean valueInRecords;
  final boolean nestedFields;
  final boolean queryForm;
  final int lag;
  final int maxKeys;
  final int inputs;
  final int batchSize;
  final int maxRetries;
  final double faults;
  final double refusals;
  final double crashes;
  final double appends;
  final int steps;
  final Freshness freshness;
  final int requestsAllowed;
  final int quotaForm;
  final int pollInterval;

  /** How long a token lets its bearer pass, at most; 0 if the API wants none. */
  final int tokenSeconds;

  final Said said;

  /** Whether a last page that says so has a token all the same. */
  final boolean tokenAtEnd;

  /** What the first page, or its first record, is counted as. */
  final int firstPage;

  /** What a page number is counted on by, or an offset; 0 where no option says so. */
  final int pageStep;

  final boolean recordAgain;

  /** Whether the token is several fields of the last record. */
  final boolean tupleToken;

  /** Whether a record has the values of a tuple in fields of their own. */
  final boolean tupleFields;

  /** Whether what is asked stands in a JSON body. */
  final boolean posted;

  final boolean linkOffset;
  final int maxPages;

  Plan(Dice dice) {
    engine = drawn("engine", dice.one(EngineKind.values()));
    offsets = drawn("offsets", dice.one(Offsets.values()));
    boolean cursor = offsets == Offsets.CURSOR;
    // Beside a cursor, an API counts no pages.
    paging =
        drawn(
            "paging",
            cursor
                ? dice.one(Paging.NONE, Paging.NEXT_URL, Paging.LINK_HEADER, Paging.TOKEN)
                : dice.one(Paging.values()));
    boolean numbered = paging.isNumbered();
    boolean afterRecord = paging == Paging.LAST_RECORD;
    boolean paged = paging != Paging.NONE;
    exclusive = drawn("exclusive", !cursor && dice.chance(0.35));
    sent = drawn("sent", cursor || dice.chance(0.85));
    sort = drawn("sort", sort(dice, cursor, paged));
    order = drawn("order", order(dice, cursor));
    // What a limit cuts off a feed without pages can be asked for only where the oldest come first
    // and the offset is that of the cut.
    limited =
        drawn(
            "limited",
            paged
                || cursor
                || (sort == Sort.OLDEST_FIRST
                    && sent
                    && offsets != Offsets.CLOCK
                    && dice.chance(0.7)));
    tokens = drawn("tokens", tokens(dice, cursor));
    // Behind an exclusive timestamp of a response, the rest of a tie that a limit cut is out of
    // reach.
    boolean single =
        offsets == Offsets.INCREMENTAL
            || (offsets == Offsets.PAGE_MAX && exclusive && limited && !paged);
    mostTies = drawn("mostTies", single ? 1 : dice.chance(0.1) ? 20 : dice.between(1, 5));
    // Without a token, or with one that repeats ties, a page must be longer than a tie.
    boolean longerThanTies = limited && !cursor && (!paged || tokens == Tokens.OVERLAP);
    int spare = dice.chance(0.2) ? dice.between(8, 20) : dice.between(sent ? 1 : 4, 5);
    // Pages of one record that shift by more than one show the newest records, oldest first.
    recordAgain = drawn("recordAgain", afterRecord && dice.chance(0.4));
    boolean two = recordAgain || (paged && tokens == Tokens.INDEX);
    int shown = two ? Math.max(spare, 2) : spare;
    leastLimit = drawn("leastLimit", longerThanTies ? mostTies + spare : shown);
    said = drawn("said", said(dice, numbered, afterRecord));
    boolean even = paging == Paging.PAGE_NUMBER || said == Said.SHORT || said == Said.TOTAL_PAGES;
    form = drawn("form", form(dice, cursor));
    // How far a response's timestamp reaches is not known: a window must fit on its page.
    boolean windowed =
        !cursor
            && form != Form.TEXT
            && !(offsets.isResponseTime() && limited && !paged)
            && dice.chance(0.35);
    lookback = drawn("lookback", windowed ? form.whole(dice.between(1, 12)) : 0);
    // A window wider than a page is read to its end where pages are of one length.
    boolean mixed = !even && dice.chance(0.35) && (paged || lookback == 0);
    mostLimit = drawn("mostLimit", leastLimit + (mixed ? dice.between(1, 6) : 0));
    pageSize = drawn("pageSize", limited && dice.chance(0.4));
    firstPage = drawn("firstPage", numbered ? dice.one(0, 1, 1, 7) : 0);
    pageStep = drawn("pageStep", pageStep(dice));
    // A record that is sent twice in a cycle cannot be told from two equal ones without a key.
    boolean repeats = tokens == Tokens.INDEX || tokens == Tokens.OVERLAP;
    keyed = drawn("keyed", (repeats && !numbered) || dice.chance(0.4));
    cursorOn = drawn("cursorOn", cursorOn(dice));
    // Where a cursor is older than the pages that follow it, nobody knows whether an equal record
    // is
    // a new one.
    boolean older = cursor && cursorOn == CursorOn.FIRST_PAGE;
    boolean apart = numbered || afterRecord;
    twins = drawn("twins", !keyed && !older && !apart && mostTies > 1 && dice.chance(0.4));
    // An update takes a record away from where it was, and page numbers then skip another one.
    updates =
        drawn(
            "updates",
            offsets != Offsets.INCREMENTAL
                && !twins
                && !(paged && tokens == Tokens.INDEX)
                && dice.chance(0.2));
    // Where tokens go on behind a record of an ascending feed, a later tie comes behind it, too:
    // 'ascending' promises that new records come at the end.
    boolean byArrival = paged && sort == Sort.OLDEST_FIRST && tokens != Tokens.OVERLAP;
    tieBreak = drawn("tieBreak", cursor || byArrival ? 0 : dice.below(3));
    end = drawn("end", end(dice, paged));
    // A cycle without an end never asks from its beginning again.
    int most = end == End.NEVER ? 0 : exclusive ? lookback - 1 : lookback;
    lateness = drawn("lateness", most > 0 ? dice.between(0, most) : 0);
    lateEnd = drawn("lateEnd", dice.chance(0.3));
    noContent = drawn("noContent", dice.chance(0.15));
    emptyPages = drawn("emptyPages", (paged || cursor) && !apart && dice.chance(0.2) ? 0.4 : 0);
    tokenAtEnd =
        drawn("tokenAtEnd", said == Said.WHEN && !numbered && !afterRecord && dice.chance(0.5));
    tail = drawn("tail", cursorOn == CursorOn.EVERY_PAGE ? dice.one(Tail.values()) : Tail.MOVED);
    base = drawn("base", dice.below(Form.bases()));
    sendForm =
        drawn(
            "sendForm",
            sent && !cursor && form.isTime() && dice.chance(0.4)
                ? dice.one(Form.ISO, Form.EPOCH_MILLIS, Form.RFC1123, Form.PATTERN)
                : form);
    boolean rounds =
        sent
            && (form.isTime() || form == Form.NUMBER || form == Form.DIGITS)
            && !cursor
            && offsets != Offsets.INCREMENTAL
            && (paged || !limited);
    granularity = drawn("granularity", rounds && dice.chance(0.25) ? dice.between(2, 5) : 0);
    boolean begins = sent && !cursor && granularity == 0 && dice.chance(0.2);
    initialPlace = drawn("initialPlace", begins ? dice.between(1, 8) : 0);
    tupleToken = drawn("tupleToken", afterRecord && dice.chance(0.4));
    tupleFields =
        drawn(
            "tupleFields", form == Form.TUPLE && offsets == Offsets.MAX_FIELD && dice.chance(0.5));
    initial = drawn("initial", initial(dice, cursor));
    nextInHeader =
        drawn("nextInHeader", paging == Paging.LINK_HEADER || (paged && dice.chance(0.2)));
    offsetInHeader = drawn("offsetInHeader", offsets.isInResponse() && dice.chance(0.2));
    linkOffset = drawn("linkOffset", cursor && (!paged || paging.isAddress()) && dice.chance(0.4));
    posted = drawn("posted", !paging.isAddress() && !linkOffset && dice.chance(0.25));
    boolean bare =
        said != Said.WHEN
            && (!paged || apart || nextInHeader)
            && (!offsets.isInResponse() || offsetInHeader);
    shape =
        drawn(
            "shape",
            bare && dice.chance(0.5)
                ? Shape.BARE
                : dice.one(Shape.DATA, Shape.NAMED, Shape.NESTED));
    // A key needs something that an update changes.
    boolean needsValue = !offsets.isInResponse() || (keyed && updates);
    valueInRecords = drawn("valueInRecords", needsValue || dice.chance(0.5));
    nestedFields = drawn("nestedFields", dice.chance(0.3));
    queryForm = drawn("queryForm", dice.chance(0.3));
    lag = drawn("lag", dice.chance(0.4) ? dice.between(1, 3) : 0);
    // Where a long cycle ends without a cursor, all of it comes again.
    boolean atTheEnd = tail == Tail.MOVED && cursorOn != CursorOn.FIRST_PAGE && end != End.NEVER;
    boolean comesAgain = cursor && paged && !atTheEnd;
    boolean told = numbered && "descending".equals(order);
    boolean small = (!repeats || told) && !comesAgain && dice.chance(0.1);
    maxKeys = drawn("maxKeys", small ? dice.between(3, 12) : 100_000);
    inputs = drawn("inputs", dice.one(1, 1, 1, 2, 3));
    batchSize = drawn("batchSize", dice.between(1, 8));
    maxRetries = drawn("maxRetries", dice.one(0, 1, 5));
    faults = drawn("faults", dice.one(0.0, 0.05, 0.2));
    // What was forgotten for lack of keys is recognised by its value or not at all.
    boolean byValue = "descending".equals(order) && !offsets.isInResponse();
    boolean recognised = !small || byValue;
    refusals = drawn("refusals", paged && !numbered && recognised ? dice.one(0.0, 0.1, 0.3) : 0.0);
    crashes = drawn("crashes", dice.one(0.0, 0.05, 0.15));
    appends = drawn("appends", dice.one(0.2, 0.5, 0.8));
    steps = drawn("steps", dice.between(10, 45));
    // What is cut at random is not the same answer at the same time of change.
    boolean cutAlike = emptyPages == 0 && (!limited || leastLimit == mostLimit);
    Freshness other = dice.one(Freshness.NONE, Freshness.ETAG, Freshness.WEAK_ETAG);
    boolean timed = cutAlike && dice.chance(0.25);
    freshness = drawn("freshness", timed ? Freshness.LAST_MODIFIED : other);
    requestsAllowed = drawn("requestsAllowed", dice.chance(0.2) ? dice.between(3, 12) : 0);
    quotaForm = drawn("quotaForm", dice.below(3));
    pollInterval = drawn("pollInterval", dice.chance(0.15) ? dice.between(1, 60) : 0);
    tokenSeconds = drawn("tokenSeconds", dice.chance(0.2) ? dice.between(5, 120) : 0);
    maxPages = drawn("maxPages", dice.chance(0.2) ? dice.between(1, 4) : 0);
  }

  private <T extends @Nullable Object> T drawn(String name, T value) {
    drawn.put(name, value);
    return value;
  }

  private Form form(Dice dice, boolean cursor) {
    if (offsets == Offsets.INCREMENTAL) {
      return dice.one(Form.NUMBER, Form.DIGITS);
    }
    Form drawnForm = dice.one(Form.values());
    boolean unusual = cursor && drawnForm.format() != null;
    return unusual || (offsets.isInResponse() && drawnForm == Form.TUPLE) ? Form.ISO : drawnForm;
  }

  private int pageStep(Dice dice) {
    if (paging == Paging.PAGE_NUMBER) {
      return dice.chance(0.3) ? dice.between(1, 20) : 0;
    }
    // Less than a page has records is asked for again; more would pass over some.
    boolean overlaps = said != Said.TOTAL_PAGES && dice.chance(0.3);
    return paging != Paging.OFFSET_LIMIT || dice.chance(0.5)
        ? 0
        : overlaps ? dice.between(1, leastLimit) : leastLimit;
  }

  private static Sort sort(Dice dice, boolean cursor, boolean paged) {
    if (cursor) {
      return paged ? dice.one(Sort.OLDEST_FIRST, Sort.NEWEST_FIRST) : Sort.OLDEST_FIRST;
    }
    return dice.one(Sort.values());
  }

  private @Nullable String order(Dice dice, boolean cursor) {
    if (cursor || dice.chance(0.5)) {
      return null;
    }
    return switch (sort) {
      case OLDEST_FIRST -> dice.one("ascending", "ascending", "none");
      case NEWEST_FIRST -> dice.one("descending", "descending", "none");
      case SHUFFLED -> "none";
    };
  }

  private static Said said(Dice dice, boolean numbered, boolean afterRecord) {
    if (numbered) {
      return dice.one(Said.values());
    }
    return afterRecord
        ? dice.one(Said.NOTHING, Said.MORE, Said.SHORT, Said.WHEN)
        : dice.one(Said.NOTHING, Said.NOTHING, Said.MORE, Said.WHEN);
  }

  private Tokens tokens(Dice dice, boolean cursor) {
    if (paging.isNumbered()) {
      return Tokens.INDEX;
    }
    if (paging == Paging.LAST_RECORD) {
      return Tokens.KEYSET;
    }
    if (cursor) {
      // A feed that gives its cursor before its newest records does not have them in its pages.
      return sort == Sort.NEWEST_FIRST ? Tokens.SNAPSHOT : dice.one(Tokens.KEYSET, Tokens.SNAPSHOT);
    }
    return sort == Sort.SHUFFLED
        ? dice.one(Tokens.KEYSET, Tokens.KEYSET, Tokens.INDEX, Tokens.SNAPSHOT)
        : dice.one(Tokens.KEYSET, Tokens.KEYSET, Tokens.INDEX, Tokens.SNAPSHOT, Tokens.OVERLAP);
  }

  private End end(Dice dice, boolean paged) {
    boolean endless =
        paged
            && said == Said.NOTHING
            && !paging.isNumbered()
            && paging != Paging.LAST_RECORD
            && sort == Sort.OLDEST_FIRST
            && tokens == Tokens.KEYSET;
    return endless && dice.chance(0.2)
        ? End.NEVER
        : dice.one(End.NULL, End.ABSENT, End.EMPTY, End.SELF);
  }

  private CursorOn cursorOn(Dice dice) {
    if (paging == Paging.NONE) {
      return CursorOn.EVERY_PAGE;
    }
    return tokens == Tokens.KEYSET
        ? dice.one(CursorOn.values())
        : dice.one(CursorOn.LAST_PAGE, CursorOn.FIRST_PAGE);
  }

  private String initial(Dice dice, boolean cursor) {
    if (cursor) {
      return dice.one("0", "", "start");
    }
    if (initialPlace > 0) {
      return sendForm.text(initialPlace, base, 0);
    }
    if (tupleFields) {
      return dice.one("", "[0,\"\"]");
    }
    return dice.chance(0.2) ? "" : "0";
  }

  boolean isPaged() {
    return paging != Paging.NONE;
  }

  /**
   * Whether a cycle may end before the end: its page was known, being a piece of an earlier one.
   */
  boolean isSlowlyRead() {
    return offsets == Offsets.CURSOR && !isPaged() && leastLimit < mostLimit;
  }

  @Override
  public String toString() {
    return drawn.toString();
  }
}
