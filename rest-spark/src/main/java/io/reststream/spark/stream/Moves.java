package io.reststream.spark.stream;

import io.reststream.core.Input;
import io.reststream.core.Position;
import io.reststream.spark.log.LoggedPage;
import io.reststream.spark.log.PageLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Positions that were taken from the fetcher and are not durable yet. They go with the next
 * records; while there are none, they are saved now and then without making a batch.
 */
final class Moves {
  /** How much of a walk over empty pages may have to be walked again after a crash. */
  static final Duration SAVED_EVERY = Duration.ofMinutes(1);

  private final PageLog log;
  private final InstantSource clock;
  private final Map<Input, Position> pending = new LinkedHashMap<>();
  private @Nullable Instant oldest;

  Moves(PageLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  void add(Taken taken) {
    if (oldest == null && !taken.moved().isEmpty()) {
      oldest = clock.instant();
    }
    pending.putAll(taken.moved());
  }

  /** Makes pages durable, with all positions that are pending. */
  void append(List<LoggedPage> pages, boolean continues) {
    log.append(pages, json(), continues);
    clear();
  }

  /** Makes positions durable, if some are pending for long, or in any case. */
  void save(boolean now) {
    if (oldest != null && (now || !clock.instant().isBefore(oldest.plus(SAVED_EVERY)))) {
      log.saveMoves(json());
      clear();
    }
  }

  private void clear() {
    pending.clear();
    oldest = null;
  }

  private Map<String, String> json() {
    Map<String, String> json = new LinkedHashMap<>();
    pending.forEach((input, position) -> json.put(input.json(), position.json()));
    return json;
  }
}
