package io.reststream.flink.enumerator;

import io.reststream.core.Input;
import io.reststream.flink.limits.Holds;
import io.reststream.flink.limits.ReadNoMore;
import io.reststream.flink.split.SplitName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each reader has: as it told when it started, and as it was given and has told since. In no
 * checkpoint, since readers tell again.
 */
final class Holdings {
  private enum Use {
    READ,
    /** The reader was told that the input is gone, and has not said that it has stopped. */
    STOPPING,
    /** In the reader's state only. */
    KEPT
  }

  private final Map<Integer, Map<SplitName, Use>> splits = new HashMap<>();

  /** The readers that have told all they had. */
  private final Set<Integer> known = new HashSet<>();

  /** Nothing is known of the reader: it starts, or has failed. */
  void forget(int reader) {
    known.remove(reader);
    splits.remove(reader);
  }

  /** Returns whether that was all. */
  boolean add(int reader, Holds holds) {
    holds.splits().forEach(split -> add(reader, split));
    if (holds.all()) {
      known.add(reader);
    }
    return holds.all();
  }

  /** The reader reads the split. */
  void add(int reader, SplitName split) {
    of(reader).put(split, Use.READ);
  }

  void move(int reader, ReadNoMore told) {
    told.kept().forEach(split -> of(reader).put(split, Use.KEPT));
    told.ended().forEach(of(reader)::remove);
  }

  /** The readers that have told all they had. */
  Set<Integer> known() {
    return Set.copyOf(known);
  }

  /** How many splits the reader reads. */
  int reads(int reader) {
    return named(reader, Use.READ).size();
  }

  /** The inputs that the reader reads though they are not there: it is told to stop them. */
  Set<Input> stop(int reader, Set<Input> there) {
    Set<Input> gone = new HashSet<>();
    for (SplitName split : named(reader, Use.READ)) {
      if (!there.contains(split.input())) {
        of(reader).put(split, Use.STOPPING);
        gone.add(split.input());
      }
    }
    return gone;
  }

  /** The splits that the reader keeps though their inputs are there: it is told to read them. */
  List<SplitName> resume(int reader, Set<Input> there) {
    List<SplitName> again = named(reader, Use.KEPT);
    again.removeIf(split -> !there.contains(split.input()));
    again.forEach(split -> add(reader, split));
    return again;
  }

  private List<SplitName> named(int reader, Use use) {
    List<SplitName> named = new ArrayList<>();
    of(reader)
        .forEach(
            (split, its) -> {
              if (its == use) {
                named.add(split);
              }
            });
    return named;
  }

  private Map<SplitName, Use> of(int reader) {
    return splits.computeIfAbsent(reader, key -> new HashMap<>());
  }
}
