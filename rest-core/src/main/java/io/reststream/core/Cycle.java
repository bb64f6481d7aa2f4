package io.reststream.core;

import io.reststream.core.offset.Largest;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.OrderSeen;
import io.reststream.core.page.TokenCircle;
import io.reststream.core.page.Walked;
import org.jspecify.annotations.Nullable;

/**
 * A cycle that is not over: some of its pages were accepted, more follow.
 *
 * @param token what the next page is asked with; null where the offset alone leads on
 * @param pages how many pages were accepted
 * @param first the largest value of the first page, and the largest of all pages below it
 * @param all the largest values of all pages
 * @param order what order the records have shown
 * @param response the response's own offset, as far as it is known; null while it is not. Where the
 *     records have the offset and more than it is asked for again: without pages what the cycle
 *     goes on with, with pages from where on one that keeps no more knows what it delivered
 * @param emptyPages how many pages without records came last
 * @param circle finds circles of tokens
 * @param restarts how often the cycle had to begin again since it last gave a record
 * @param complete whether the keys hold every record that the cycle delivered
 * @param delivered whether the cycle delivered anything
 * @param walked how far it has come since it began, or began again
 */
record Cycle(
    @Nullable String token,
    long pages,
    Largest first,
    Largest all,
    OrderSeen order,
    @Nullable OffsetValue response,
    int emptyPages,
    TokenCircle circle,
    int restarts,
    boolean complete,
    boolean delivered,
    Walked walked) {
  /** Before its first page. */
  static final Cycle NEW =
      new Cycle(
          null,
          0,
          Largest.NONE,
          Largest.NONE,
          OrderSeen.NONE,
          null,
          0,
          TokenCircle.NONE,
          0,
          true,
          false,
          Walked.NONE);

  /** After one more page, with the token that it leads to. */
  Cycle after(@Nullable String next, boolean empty, boolean fresh, Walked newWalked) {
    return new Cycle(
        next,
        pages + 1,
        first,
        all,
        order,
        response,
        empty ? emptyPages + 1 : 0,
        next == null ? circle : circle.with(next),
        fresh ? 0 : restarts,
        complete,
        delivered || fresh,
        newWalked);
  }

  /** The same, with what the records showed. */
  Cycle withRecords(Largest newFirst, Largest newAll, OrderSeen newOrder) {
    return new Cycle(
        token,
        pages,
        newFirst,
        newAll,
        newOrder,
        response,
        emptyPages,
        circle,
        restarts,
        complete,
        delivered,
        walked);
  }

  /** The same, with the response's own offset. */
  Cycle withResponse(@Nullable OffsetValue newResponse) {
    return new Cycle(
        token,
        pages,
        first,
        all,
        order,
        newResponse,
        emptyPages,
        circle,
        restarts,
        complete,
        delivered,
        walked);
  }

  /** The same, led on by an offset in place of a token. */
  Cycle withOffset(String offset) {
    return new Cycle(
        token,
        pages,
        first,
        all,
        order,
        response,
        emptyPages,
        circle.with(offset),
        restarts,
        complete,
        delivered,
        walked);
  }

  /** The same, its keys no longer holding all that it delivered. */
  Cycle incomplete() {
    return new Cycle(
        token,
        pages,
        first,
        all,
        order,
        response,
        emptyPages,
        circle,
        restarts,
        false,
        delivered,
        walked);
  }

  /**
   * The same cycle, asked from its first page again. If its keys do not hold all that it delivered,
   * it still knows down to which value that was.
   */
  Cycle again() {
    return new Cycle(
        null,
        pages,
        first,
        all,
        new OrderSeen(0, complete ? null : order.last(), order.ascending()),
        response,
        0,
        TokenCircle.NONE,
        restarts + 1,
        complete,
        delivered,
        Walked.NONE);
  }

  /** A cycle that starts over at the mark that this one has reached, in the same order. */
  Cycle anew() {
    return new Cycle(
        null,
        0,
        Largest.NONE,
        Largest.NONE,
        new OrderSeen(order.records(), null, order.ascending()),
        null,
        0,
        TokenCircle.NONE,
        restarts + 1,
        complete,
        delivered,
        Walked.NONE);
  }
}
