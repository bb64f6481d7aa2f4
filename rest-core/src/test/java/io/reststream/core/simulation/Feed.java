package io.reststream.core.simulation;

import io.reststream.core.simulation.Plan.Offsets;
import io.reststream.core.simulation.Plan.Sort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an API has published for one input, in the order in which it lists it. */
final class Feed {

  /**
   * A published record.
   *
   * @param number counts the records of a feed, from 1
   * @param place where its offset value stands in the order
   * @param tie decides the order where nothing else does
   */
  record Item(int number, long place, int id, int tie, String offset, String json) {}

  private static final String[] TEXTS = {
    "", "plain", "\\\"},{", "\\u00e9\u00e9", "\uD83D\uDE00 [1,2"
  };

  private final Plan plan;
  private final Dice dice;
  private final Comparator<Item> listing;
  private final List<Item> listed = new ArrayList<>();
  private final List<Item> published = new ArrayList<>();
  private final List<Item> replaced = new ArrayList<>();
  private final Map<Integer, Instant> late = new HashMap<>();
  private long largest;
  private int sharing;
  private int ids;

  Feed(Plan plan, Dice dice) {
    this.plan = plan;
    this.dice = dice;
    this.listing = listing(plan);
  }

  private static Comparator<Item> listing(Plan plan) {
    Comparator<Item> arrival = Comparator.comparingInt(Item::number);
    Comparator<Item> among =
        switch (plan.tieBreak) {
          case 0 -> arrival;
          case 1 -> arrival.reversed();
          default -> Comparator.comparingInt(Item::tie).thenComparing(arrival);
        };
    if (plan.offsets == Offsets.CURSOR) {
      return plan.sort == Sort.NEWEST_FIRST ? arrival.reversed() : arrival;
    }
    Comparator<Item> place = Comparator.comparingLong(Item::place);
    return switch (plan.sort) {
      case OLDEST_FIRST -> place.thenComparing(among);
      case NEWEST_FIRST -> place.reversed().thenComparing(among);
      case SHUFFLED -> Comparator.comparingInt(Item::tie).thenComparing(arrival);
    };
  }

  Comparator<Item> listing() {
    return listing;
  }

  /** All that is there now, as it is listed. */
  List<Item> listed() {
    return listed;
  }

  Item item(int number) {
    return published.get(number - 1);
  }

  int size() {
    return published.size();
  }

  /** What an update took away before it may have been read. */
  List<Item> replaced() {
    return replaced;
  }

  /** When records came that had come late, by their numbers. */
  Map<Integer, Instant> late() {
    return late;
  }

  /**
   * Publishes some records whose values are at least {@code least}, apart from those that are late.
   */
  void publish(int count, long least, Instant now) {
    boolean apart = plan.exclusive && plan.offsets.isResponseTime();
    for (int i = 0; i < count; i++) {
      // A record that is late, with a value below an earlier one's, is lost without a lookback.
      long behind =
          plan.lateness == 0 ? 0 : Math.max(largest, least) - dice.between(1, plan.lateness);
      if (behind > 0 && dice.chance(0.3) && sharing(behind) < plan.mostTies) {
        late.put(published.size() + 1, now);
        add(behind, ++ids, dice.below(1_000_000));
        continue;
      }
      // Behind an exclusive timestamp of a response, a tie that comes later is out of reach.
      long place = nextPlace(least, apart && i == 0);
      Item old =
          plan.updates && !listed.isEmpty() && dice.chance(0.3)
              ? listed.get(dice.below(listed.size()))
              : null;
      // An update with the same key and the same offset value is the same record to a key.
      if (old == null || (plan.keyed && old.place() == place)) {
        add(place, ++ids, dice.below(1_000_000));
      } else {
        listed.remove(old);
        replaced.add(old);
        add(place, old.id(), dice.chance(0.5) ? old.tie() : dice.below(1_000_000));
      }
    }
  }

  private long sharing(long place) {
    return published.stream().filter(item -> item.place() == place).count();
  }

  private long nextPlace(long least, boolean apart) {
    if (plan.offsets == Offsets.CURSOR) {
      return plan.updates ? published.size() + 1 : dice.between(1, 50);
    }
    boolean tie = !apart && largest >= least && sharing < plan.mostTies && dice.chance(0.6);
    long place =
        tie ? largest : Math.max(least, largest + 1 + (dice.chance(0.3) ? dice.below(3) : 0));
    sharing = place == largest ? sharing + 1 : 1;
    largest = place;
    return place;
  }

  private void add(long place, int id, int tie) {
    int number = published.size() + 1;
    String offset = plan.form.text(place, plan.base, dice.below(3));
    String json = json(id, number, offset);
    if (plan.twins && !published.isEmpty() && dice.chance(0.5)) {
      Item last = item(number - 1);
      if (last.place() == place) {
        offset = last.offset();
        json = last.json();
      }
    }
    Item item = new Item(number, place, id, tie, offset, json);
    published.add(item);
    int at = 0;
    while (at < listed.size() && listing.compare(listed.get(at), item) < 0) {
      at++;
    }
    listed.add(at, item);
  }

  /** The two values of a tuple, each in a field of its own. */
  private static String fields(String tuple) {
    return tuple.substring(1, tuple.length() - 1).replace(",", ",\"sub\":");
  }

  private String json(int id, int number, String offset) {
    String text = '"' + TEXTS[dice.below(TEXTS.length)] + '"';
    String n = plan.paging == Plan.Paging.LAST_RECORD ? ",\"n\":" + number : "";
    String value = plan.tupleFields ? fields(offset) : plan.form.json(offset);
    String at = n + (plan.valueInRecords ? ",\"at\":" + value : "");
    return plan.nestedFields
        ? "{\"meta\": {\"id\":" + id + at + "}, \"text\":" + text + "}"
        : "{\"id\":" + id + at + ",\"text\":" + text + "}";
  }
}
