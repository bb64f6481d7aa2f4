package io.reststream.flink.split;

import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.Position;
import io.reststream.core.Records;
import org.jspecify.annotations.Nullable;

/**
 * The split as it is while its records are emitted. Moves with every record; {@link #toSplit} is
 * what a checkpoint keeps. Belongs to the task's thread.
 */
public final class RestSplitState {
  private final Input input;
  private final @Nullable String stretch;
  private final int round;
  private @Nullable Position position;
  private @Nullable PageInfo info;
  private Records records;
  private int next;
  private boolean last;

  public RestSplitState(RestSplit split) {
    this.input = split.input();
    this.stretch = split.stretch();
    this.round = split.round();
    this.position = split.position();
    this.last = split.last();
    PageRest rest = split.rest();
    if (rest == null) {
      this.records = Records.empty();
    } else {
      this.records = rest.records();
      this.next = rest.from();
      this.info = rest.info();
    }
  }

  public Input input() {
    return input;
  }

  /**
   * The records of a page before {@code next} were emitted. Keeps the page only while some of it is
   * left: until the next one comes, many splits may wait for hours.
   *
   * @param position the position that follows the page
   * @param last whether the page is the last one of a bounded read or a stretch
   */
  public void advance(Records records, int next, PageInfo info, Position position, boolean last) {
    boolean left = next < records.size();
    this.records = left ? records : Records.empty();
    this.next = left ? next : 0;
    this.info = info;
    this.position = position;
    this.last = last;
  }

  /** The split as of now; later moves do not change it. */
  public RestSplit toSplit() {
    PageRest rest =
        info == null || next >= records.size() ? null : new PageRest(records, next, info);
    return new RestSplit(input, stretch, position, rest, last, round);
  }

  @Override
  public String toString() {
    return toSplit().toString();
  }
}
