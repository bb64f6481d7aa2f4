package io.reststream.flink.reader;

import io.reststream.flink.split.RestSplit;
import io.reststream.flink.split.SplitName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.ReaderOutput;

/** Splits of inputs that are not there any more: in the reader's state, and never read. */
final class KeptSplits {
  private final Map<SplitName, RestSplit> splits = new HashMap<>();

  /** Those that Flink made an output for, and that end without having been read. */
  private final Set<String> unread = new HashSet<>();

  /** Keeps a split that has ended for Flink. */
  void add(RestSplit split) {
    splits.put(split.name(), split);
  }

  /** Keeps a split that Flink has just handed over. */
  void addUnread(RestSplit split) {
    add(split);
    unread.add(split.splitId());
  }

  /** Takes out the split that is assigned again, under the name that Flink knows it by now. */
  RestSplit again(RestSplit assigned) {
    RestSplit kept = splits.remove(assigned.name());
    if (kept == null) {
      throw new IllegalStateException(
          "%s was assigned again to a reader that does not keep it".formatted(assigned));
    }
    return kept.inRound(assigned.round());
  }

  /** The watermarks of the outputs would hold back all others. */
  void release(ReaderOutput<?> output) {
    if (unread.isEmpty()) { // as before every record
      return;
    }
    for (String split : unread) {
      var unused = output.createOutputForSplit(split);
      output.releaseOutputForSplit(split);
    }
    unread.clear();
  }

  Collection<RestSplit> all() {
    return Collections.unmodifiableCollection(splits.values());
  }
}
