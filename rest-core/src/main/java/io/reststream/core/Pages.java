package io.reststream.core;

import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.PageSettings;
import io.reststream.core.config.ResponseField;
import io.reststream.core.http.RedactedUrl;
import io.reststream.core.http.RestResponse;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.page.EndRules;
import io.reststream.core.page.NextAddress;
import io.reststream.core.page.PageTurn;
import io.reststream.core.page.Pagination;
import io.reststream.core.page.Walked;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes the page that an answer is. */
final class Pages {
  private final PageSettings paging;
  private final EndRules ends;
  private final OffsetSettings settings;
  private final InstantSource clock;
  private final Pagination pagination;
  private final NextAddress links;
  private final Requests requests;
  private final ConditionalRequests conditional;
  private final Scanners scanners;
  private final PageRules rules;
  private final AtomicInteger longestPage = new AtomicInteger();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  Pages(
      RestConfig config,
      InstantSource clock,
      Pagination pagination,
      NextAddress links,
      Requests requests,
      ConditionalRequests conditional,
      @Nullable Windows windows) {
    this.paging = config.page();
    this.ends = new EndRules(paging);
    this.settings = config.offset();
    this.clock = clock;
    this.pagination = pagination;
    this.links = links;
    this.requests = requests;
    this.conditional = conditional;
    this.rules = new PageRules(settings, PageRules.Paging.of(paging.style()), windows);
    this.scanners = new Scanners(config);
  }

  /**
   * The page of a success.
   *
   * @throws ShapeException if it cannot be read, or contradicts the options or the position
   */
  Page of(Asked asked, RestResponse response) throws ShapeException {
    ScannedPage page =
        response.status() == 204
            ? new ScannedPage(new byte[0])
            : scanners.of(asked.input()).scan(response.body(), hasOffsetHeader(response));
    Position position = asked.position();
    PageRules.Answer beside = beside(asked, response, page);
    PageRules.Accepted accepted = rules.accept(position, page, beside);
    Position next = accepted.next();
    Validator validator = conditional.offered(asked.request(), response);
    if (validator != null && isAskedAgain(position, next) && saysNothingAgain(page, beside, next)) {
      next = next.with(validator);
    }
    List<String> warnings = new ArrayList<>(accepted.warnings());
    Problems.warnOfAbsentCursor(settings, position, accepted.next(), page, warnings);
    Problems.warnOfAbsentEnd(paging, position, page, warnings);
    Problems.warnOfWideStep(paging, position, page, warnings);
    warnings.removeIf(warning -> !warned.add(warning));
    return new Page(
        records(page, accepted.fresh()),
        next,
        info(asked, response, page.size() - accepted.fresh().length),
        warnings);
  }

  /** Whether the request that follows a page is the one that it answers. */
  private boolean isAskedAgain(Position before, Position next) {
    boolean first = before.cycle() == null || before.cycle().token() == null;
    return first
        && next.betweenCycles()
        && (!settings.sent() || Objects.equals(requests.offset(before), requests.offset(next)));
  }

  /**
   * Whether the same page, coming again, would end its cycle at once and change nothing. Only then
   * may 304 stand for it: of pages that follow it, or records that it cuts off, it tells nothing.
   */
  private boolean saysNothingAgain(ScannedPage page, PageRules.Answer beside, Position next) {
    return paging.isReadFromBody()
        ? endsUnmoved(page, beside, next)
        : endsUnmoved(page, beside.withToken(null), next)
            && endsUnmoved(page, beside.withToken("another page"), next);
  }

  private boolean endsUnmoved(ScannedPage page, PageRules.Answer beside, Position next) {
    try {
      PageRules.Accepted again = rules.accept(next, page, beside);
      return again.fresh().length == 0
          && again.warnings().isEmpty()
          && again.next().isUnmovedFrom(next);
    } catch (ShapeException e) {
      return false; // it is to be seen when it comes
    }
  }

  /** The page, without records, of an answer that is the last one again: it ends the cycle. */
  Page unchanged(Asked asked, Validator sent, RestResponse response) {
    return new Page(
        Records.empty(),
        asked.position().unmoved(asked.at(), ConditionalRequests.after(sent, response)),
        info(asked, response, 0),
        List.of());
  }

  /**
   * The page, without records, of an answer that refused a page token: the cycle begins again.
   *
   * @throws ShapeException if more was delivered than can be recognised
   */
  Page again(Asked asked, RestResponse response) throws ShapeException {
    Position again = rules.again(asked.position(), asked.at());
    OffsetValue mark = again.offset();
    boolean inferred = settings.order() == null && !Objects.equals(mark, asked.position().offset());
    String where =
        inferred && mark != null
            ? " at '%s', which its records had come to in ascending order; set 'order' to 'none' if that was by chance, since what lies below is not read"
                .formatted(mark.text())
            : "";
    return new Page(
        Records.empty(),
        again,
        info(asked, response, 0),
        List.of(
            "%s was answered with status %d: the page token was refused, the cycle begins again%s"
                .formatted(asked.request(), response.status(), where)));
  }

  /** Whether a cycle can begin again: something tells what it delivered. */
  boolean mayBeginAgain() {
    return rules.mayBeginAgain();
  }

  /** Whether records have offsets, and it is not said in what order they come. */
  boolean isReadInNoDeclaredOrder(Position position) {
    return position.source() == Position.Source.RECORDS
        && position.window() == null
        && settings.order() == null;
  }

  /**
   * A position whose page token was made with other options of the pagination: its cycle begins
   * again.
   *
   * @throws PositionException if more was delivered than can be recognised
   */
  Position readopted(Position position, Instant now) {
    Instant asked = position.asked();
    try {
      return rules.again(position, asked == null ? now : asked);
    } catch (ShapeException e) {
      throw new PositionException(
          "The stored position is in the middle of a cycle, and its page token was made with other options. The API would have "
              + e.getMessage()
              + ".");
    }
  }

  /**
   * The page of an answer that stands for no records: it ends the cycle.
   *
   * @throws ShapeException if the cycle cannot end here
   */
  Page without(Asked asked, RestResponse response) throws ShapeException {
    PageRules.Accepted accepted =
        rules.accept(
            asked.position(),
            new ScannedPage(new byte[0]),
            new PageRules.Answer(null, null, false, false, Walked.NONE, true, asked.at()));
    return new Page(
        Records.empty(), accepted.next(), info(asked, response, 0), accepted.warnings());
  }

  /** The page, without records, after which the stream starts again: its offset has expired. */
  Page reset(Asked asked, RestResponse response) {
    return new Page(
        Records.empty(),
        rules.reset(asked.position(), asked.at()),
        info(asked, response, 0),
        List.of(
            "%s was answered with status %d: the offset has expired, the stream starts again from 'initialOffset'"
                .formatted(asked.request(), response.status())));
  }

  private PageRules.Answer beside(Asked asked, RestResponse response, ScannedPage page)
      throws ShapeException {
    URI uri = asked.request().uri();
    Cycle cycle = asked.position().cycle();
    String asking = cycle == null ? null : cycle.token();
    Walked before = cycle == null ? Walked.NONE : cycle.walked();
    Walked walked = before.with(page, pagination.counted(page.size()), pagination.isNumbered());
    EndRules.Said said =
        new EndRules.Said(
            own(ScannedPage.Own.MORE, paging.ends().more(), page, response),
            own(ScannedPage.Own.TOTAL, paging.ends().total(), page, response),
            own(ScannedPage.Own.TOTAL_PAGES, paging.ends().totalPages(), page, response));
    boolean end = ends.isEnd(page, said, asking, walked);
    String token = null;
    if (!end) {
      ScannedPage.Scalar value = Beside.value(paging.nextField(), page.next(), response);
      int emptyPages = cycle == null ? 0 : cycle.emptyPages();
      String text = value == null ? null : value.text();
      token =
          pagination.next(new PageTurn(page, uri, asking, text, said.isMore(), emptyPages, walked));
    }
    Boolean more = end ? Boolean.FALSE : said.isMore() ? Boolean.TRUE : null;
    Integer pageSize = settings.pageSize();
    int longest = longestPage.accumulateAndGet(page.size(), Math::max);
    boolean full = page.size() > 0 && page.size() >= (pageSize == null ? longest : pageSize);
    return new PageRules.Answer(
        offset(uri, response, page),
        token,
        more == null ? full : more,
        more,
        walked,
        pagination.isGapless(before),
        asked.at());
  }

  private ScannedPage.@Nullable Scalar offset(URI uri, RestResponse response, ScannedPage page)
      throws ShapeException {
    ScannedPage.Scalar offset = Beside.value(settings.responseField(), page.offset(), response);
    if (offset == null || !settings.link()) {
      return offset;
    }
    String address = links.of(offset.text(), uri);
    return address == null ? null : new ScannedPage.Scalar(address, false);
  }

  private static ScannedPage.@Nullable OwnField own(
      ScannedPage.Own what, @Nullable ResponseField field, ScannedPage page, RestResponse response)
      throws ShapeException {
    if (field == null || field instanceof ResponseField.Body) {
      return page.own(what);
    }
    ScannedPage.Scalar value = Beside.value(field, null, response);
    return value == null ? null : new ScannedPage.OwnField(value.text(), value.text().isEmpty());
  }

  private boolean hasOffsetHeader(RestResponse response) {
    ResponseField field = settings.responseField();
    return field != null && Beside.isOutside(field, response);
  }

  private static Records records(ScannedPage page, int[] fresh) {
    int[] starts = new int[fresh.length];
    int[] ends = new int[fresh.length];
    for (int i = 0; i < fresh.length; i++) {
      starts[i] = page.start(fresh[i]);
      ends[i] = page.end(fresh[i]);
    }
    return Records.slices(page.body(), starts, ends);
  }

  private PageInfo info(Asked asked, RestResponse response, int dropped) {
    Cycle cycle = asked.position().cycle();
    return new PageInfo(
        RedactedUrl.of(asked.request().uri().toString()),
        response.status(),
        clock.instant(),
        cycle == null ? 0 : cycle.pages(),
        response.body().length,
        dropped,
        shownOffset(asked.position()));
  }

  private @Nullable String shownOffset(Position position) {
    String offset = requests.offset(position);
    return offset != null && settings.link() ? RedactedUrl.of(offset) : offset;
  }
}
