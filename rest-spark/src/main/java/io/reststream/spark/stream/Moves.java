package io.reststream.spark.stream;

import io.reststream.core.Input;
import io.reststream.core.Position;
import io.reststream.spark.log.LoggedPage;
import io.reststream.spark.log.PageLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Positions that were taken from the fetcher and are not durable yet. Those that have moved go with
 * the next records; while there are none, they are saved now and then without making a batch. Of
 * those that only know a later time, as of a feed with nothing new, there may be thousands for each
 * batch: they are saved now and then in any case.
 */
final class Moves {
  /** How much of a walk over empty pages may have to be walked again after a crash. */
  static final Duration SAVED_EVERY = Duration.ofMinutes(1);

  private final PageLog log;
  private final InstantSource clock;
  private final Map<Input, Position> newest;
  private final Set<Input> moved = new HashSet<>();
  private final Set<Input> unmoved = new HashSet<>();
  private @Nullable Instant oldest;

  /**
   * Moves of a stream that has not read yet.
   *
   * @param positions where each input stands
   */
  Moves(PageLog log, InstantSource clock, Map<Input, Position> positions) {
    this.log = log;
    this.clock = clock;
    this.newest = new HashMap<>(positions);
  }

  void add(Taken taken) {
    if (oldest == null && !taken.moved().isEmpty()) {
      oldest = clock.instant();
    }
    taken.moved().forEach(this::add);
  }

  private void add(Input input, Position position) {
    Position before = newest.put(input, position);
    if (before != null && position.isUnmovedFrom(before)) {
      unmoved.add(input);
    } else {
      moved.add(input);
    }
  }

  /** Makes pages durable, with all positions that have moved. */
  void append(List<LoggedPage> pages, boolean continues) {
    if (isTime()) {
      moved.addAll(unmoved);
      unmoved.clear();
    }
    unmoved.removeAll(moved);
    log.append(pages, json(moved), continues);
    moved.clear();
    oldest = unmoved.isEmpty() ? null : oldest;
  }

  /** Makes positions durable, if some are pending for long, or in any case. */
  void save(boolean now) {
    if (oldest != null && (now || isTime())) {
      moved.addAll(unmoved);
      log.saveMoves(json(moved));
      moved.clear();
      unmoved.clear();
      oldest = null;
    }
  }

  private boolean isTime() {
    return oldest != null && !clock.instant().isBefore(oldest.plus(SAVED_EVERY));
  }

  private Map<String, String> json(Set<Input> inputs) {
    Map<String, String> json = new LinkedHashMap<>();
    for (Input input : inputs) {
      json.put(input.json(), Objects.requireNonNull(newest.get(input)).json());
    }
    return json;
  }
}
