package io.reststream.core.simulation;

import io.reststream.core.simulation.Feed.Item;
import io.reststream.core.simulation.Plan.Offsets;
import io.reststream.core.simulation.Plan.Sort;
import io.reststream.core.simulation.Plan.Tokens;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the pages of one feed. */
final class Listing {
  /** Sorts before every place and every number. */
  static final long BEGINNING = -1;

  private final Plan plan;
  private final Dice dice;
  private final Feed feed;
  private final List<Snapshot> snapshots = new ArrayList<>();
  private int forgotten;
  private int nonce;

  /**
   * A stored result.
   *
   * @param newest the number of the feed's newest record when it was stored
   */
  private record Snapshot(List<Item> items, int newest) {}

  /**
   * A page.
   *
   * @param next where the next page begins; null if none follows
   * @param last whether the API calls it the last one
   * @param more whether there are records behind it
   * @param newest the number of the newest record that the cycle will have seen
   */
  record Cut(
      List<Item> items, @Nullable Token next, boolean last, boolean more, int newest, int total) {}

  Listing(Plan plan, Dice dice, Feed feed) {
    this.plan = plan;
    this.dice = dice;
    this.feed = feed;
  }

  /** Forgets the stored results; their tokens are refused from now on. */
  void forget() {
    forgotten = snapshots.size();
  }

  boolean knows(Token token) {
    return plan.tokens != Tokens.SNAPSHOT || token.stored() >= forgotten;
  }

  /** The page that begins at a token, or the first one since a place or a number. */
  Cut cut(long since, @Nullable Token token, boolean quiet) {
    Token at = token == null ? first(since) : token;
    List<Item> rest = rest(at);
    boolean nothing = !quiet && !rest.isEmpty() && dice.chance(plan.emptyPages);
    int limit = plan.limited ? dice.between(plan.leastLimit, plan.mostLimit) : rest.size();
    int size = nothing ? 0 : Math.min(limit, rest.size());
    List<Item> items = List.copyOf(rest.subList(0, size));
    boolean more = rest.size() > size;
    boolean goesOn =
        more
            || (plan.end == Plan.End.NEVER && plan.isPaged())
            || (plan.lateEnd && size > 0 && size == limit);
    return new Cut(
        items,
        goesOn || plan.tokenAtEnd ? behind(at, items, more) : null,
        !goesOn,
        more,
        newest(at, items),
        plan.said == Plan.Said.TOTAL || plan.said == Plan.Said.TOTAL_PAGES
            ? since(at.since()).size()
            : 0);
  }

  private Token first(long since) {
    int stored = 0;
    if (plan.isPaged() && plan.tokens == Tokens.SNAPSHOT) {
      stored = snapshots.size();
      snapshots.add(new Snapshot(since(since), feed.size()));
    }
    return new Token(since, isNumbered() ? 0 : (int) BEGINNING, stored, 0);
  }

  private boolean isNumbered() {
    return plan.tokens == Tokens.INDEX || plan.tokens == Tokens.SNAPSHOT;
  }

  private Token behind(Token at, List<Item> items, boolean more) {
    int next =
        isNumbered()
            ? at.at() + items.size()
            : items.isEmpty() ? at.at() : items.get(items.size() - 1).number();
    // An always-next link that did not move is the same as before, or not.
    boolean same = plan.end == Plan.End.NEVER && plan.lateEnd && !more && items.isEmpty();
    // A server that recognises its answers links from the same page in the same way.
    int other = plan.freshness == Freshness.NONE ? ++nonce : items.isEmpty() ? at.nonce() + 1 : 0;
    return new Token(at.since(), next, at.stored(), same ? at.nonce() : other);
  }

  private int newest(Token at, List<Item> items) {
    if (plan.isPaged() && plan.tokens == Tokens.SNAPSHOT) {
      return snapshots.get(at.stored()).newest();
    }
    int newest = Math.max((int) at.since(), at.at());
    return items.isEmpty() ? newest : items.get(items.size() - 1).number();
  }

  private List<Item> rest(Token at) {
    if (plan.isPaged() && plan.tokens == Tokens.SNAPSHOT) {
      List<Item> items = snapshots.get(at.stored()).items();
      return items.subList(Math.min(at.at(), items.size()), items.size());
    }
    List<Item> items = since(at.since());
    if (!plan.isPaged()) {
      return items;
    }
    if (plan.tokens == Tokens.INDEX) {
      return items.subList(Math.min(at.at(), items.size()), items.size());
    }
    if (at.at() == BEGINNING) {
      return items;
    }
    Item last = feed.item(at.at());
    return items.stream().filter(item -> follows(item, last)).toList();
  }

  private boolean follows(Item item, Item last) {
    if (plan.tokens == Tokens.OVERLAP) {
      return plan.sort == Sort.OLDEST_FIRST
          ? item.place() >= last.place()
          : item.place() <= last.place();
    }
    int order = feed.listing().compare(item, last);
    return plan.recordAgain ? order >= 0 : order > 0;
  }

  private List<Item> since(long since) {
    return feed.listed().stream().filter(item -> matches(item, since)).toList();
  }

  private boolean matches(Item item, long since) {
    if (since == BEGINNING) {
      return true;
    }
    if (plan.offsets == Offsets.CURSOR) {
      return item.number() > since;
    }
    if (plan.granularity > 0) {
      BigInteger step = plan.form.step(item.place(), plan.base, plan.granularity);
      int order = step.compareTo(plan.form.step(since, plan.base, plan.granularity));
      return plan.exclusive ? order > 0 : order >= 0;
    }
    return plan.exclusive ? item.place() > since : item.place() >= since;
  }
}
