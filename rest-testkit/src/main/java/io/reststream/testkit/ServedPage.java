package io.reststream.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page that is about to be answered, from which the fields around the records are made.
 *
 * @param sinceParam the parameter that asks for what is new; null if the endpoint has none
 * @param tokenParam the parameter that asks for a page; null if the endpoint has none
 * @param feed all that was published
 * @param records the records of this page
 * @param next where the page after this one begins
 * @param more whether there is a page after this one
 * @param found how many records all pages have
 * @param pageSize how many a page has at most
 */
record ServedPage(
    Request request,
    @Nullable String sinceParam,
    @Nullable String tokenParam,
    List<FeedRecord> feed,
    List<FeedRecord> records,
    Place next,
    boolean more,
    int found,
    int pageSize) {

  @Nullable String askedSince() {
    return sinceParam == null ? null : request.param(sinceParam);
  }

  @Nullable String askedToken() {
    return tokenParam == null ? null : request.param(tokenParam);
  }
}
