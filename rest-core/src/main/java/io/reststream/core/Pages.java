package io.reststream.core;

import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.ResponseField;
import io.reststream.core.config.ResponseFormat;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RedactedUrl;
import io.reststream.core.http.RestResponse;
import io.reststream.core.json.FieldPath;
import io.reststream.core.json.RecordScanner;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.page.Pagination;
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
  private final ResponseField nextField;
  private final OffsetSettings settings;
  private final InstantSource clock;
  private final Pagination pagination;
  private final Requests requests;
  private final ConditionalRequests conditional;
  private final RecordScanner scanner;
  private final PageRules rules;
  private final AtomicInteger longestPage = new AtomicInteger();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  Pages(
      RestConfig config,
      InstantSource clock,
      Pagination pagination,
      Requests requests,
      ConditionalRequests conditional) {
    this.nextField = config.page().next();
    this.settings = config.offset();
    this.clock = clock;
    this.pagination = pagination;
    this.requests = requests;
    this.conditional = conditional;
    boolean paged = !(pagination instanceof Pagination.None);
    this.rules = new PageRules(settings, paged);
    this.scanner =
        config.value(RestOptions.RESPONSE_FORMAT) == ResponseFormat.NDJSON
            ? RecordScanner.ofLines(settings.recordPath())
            : new RecordScanner(
                config.find(RestOptions.DATA_FIELD).orElse(null),
                settings.recordPath(),
                inBody(settings.responseField()),
                paged ? inBody(nextField) : null,
                config.find(RestOptions.ERROR_WHEN).orElse(List.of()));
  }

  private static @Nullable FieldPath inBody(@Nullable ResponseField field) {
    return field instanceof ResponseField.Body body ? body.path() : null;
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
            : scanner.scan(response.body(), hasOffsetHeader(response));
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
    return new Page(
        Records.empty(),
        rules.again(asked.position(), asked.at()),
        info(asked, response, 0),
        List.of(
            "%s was answered with status %d: the page token was refused, the cycle begins again"
                .formatted(asked.request(), response.status())));
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
            new PageRules.Answer(null, null, false, asked.at()));
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
    Integer pageSize = settings.pageSize();
    int longest = longestPage.accumulateAndGet(page.size(), Math::max);
    boolean full = page.size() > 0 && page.size() >= (pageSize == null ? longest : pageSize);
    ScannedPage.Scalar next = value(nextField, page.next(), response);
    String token = pagination.token(next == null ? null : next.text(), asked.request().uri());
    if (token != null && pagination.isAddress() && token.equals(asked.request().uri().toString())) {
      token = null;
    }
    ResponseField own = settings.responseField();
    ScannedPage.Scalar offset = own == null ? null : value(own, page.offset(), response);
    return new PageRules.Answer(offset, token, full, asked.at());
  }

  private boolean hasOffsetHeader(RestResponse response) {
    return settings.responseField() instanceof ResponseField.Header header
        && response.header(header.name()).isPresent();
  }

  private static ScannedPage.@Nullable Scalar value(
      ResponseField field, ScannedPage.@Nullable Scalar inBody, RestResponse response) {
    return field instanceof ResponseField.Header header
        ? response
            .header(header.name())
            .map(text -> new ScannedPage.Scalar(text, false))
            .orElse(null)
        : inBody;
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
        requests.offset(asked.position()));
  }
}
