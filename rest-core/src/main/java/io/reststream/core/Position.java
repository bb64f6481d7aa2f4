package io.reststream.core;

import io.reststream.core.offset.BoundaryKeys;
import io.reststream.core.offset.OffsetValue;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the stream of one input stands: everything that going on needs. Immutable. Store it
 * together with the records of the page that it follows; it has a versioned JSON form.
 *
 * <pre>{@code
 * store(page.records(), page.next().json());
 * Position position = Position.parse(stored);
 * }</pre>
 */
public final class Position {

  /** Where a timestamp is read from; fixed by the first answer that shows it. */
  enum Source {
    RESPONSE,
    RECORDS
  }

  private final String fingerprint;
  private final @Nullable Source source;
  private final @Nullable OffsetValue offset;
  private final @Nullable OffsetValue floor;
  private final BoundaryKeys keys;
  private final @Nullable Cycle cycle;
  private final @Nullable Instant started;
  private final @Nullable Instant asked;
  private final @Nullable Validator validator;
  private final @Nullable Window window;

  Position(
      String fingerprint,
      @Nullable Source source,
      @Nullable OffsetValue offset,
      @Nullable OffsetValue floor,
      BoundaryKeys keys,
      @Nullable Cycle cycle,
      @Nullable Instant started,
      @Nullable Instant asked) {
    this(fingerprint, source, offset, floor, keys, cycle, started, asked, null);
  }

  Position(
      String fingerprint,
      @Nullable Source source,
      @Nullable OffsetValue offset,
      @Nullable OffsetValue floor,
      BoundaryKeys keys,
      @Nullable Cycle cycle,
      @Nullable Instant started,
      @Nullable Instant asked,
      @Nullable Validator validator) {
    this(fingerprint, source, offset, floor, keys, cycle, started, asked, validator, null);
  }

  private Position(
      String fingerprint,
      @Nullable Source source,
      @Nullable OffsetValue offset,
      @Nullable OffsetValue floor,
      BoundaryKeys keys,
      @Nullable Cycle cycle,
      @Nullable Instant started,
      @Nullable Instant asked,
      @Nullable Validator validator,
      @Nullable Window window) {
    this.fingerprint = fingerprint;
    this.source = source;
    this.offset = offset;
    this.floor = floor != null && floor.equals(offset) ? null : floor;
    this.keys = keys;
    this.cycle = cycle;
    this.started = started;
    this.asked = asked;
    this.validator = validator;
    this.window = window;
  }

  /** The position of an input that was never read. */
  static Position start(String fingerprint) {
    return new Position(fingerprint, null, null, null, BoundaryKeys.NONE, null, null, null);
  }

  /**
   * Reads a position from its JSON form.
   *
   * @throws PositionException if it is broken, or written by a newer version
   */
  public static Position parse(String json) {
    return PositionCodec.read(json);
  }

  /** The JSON form, compact and versioned. Holds no secret. */
  public String json() {
    return PositionCodec.write(this);
  }

  /**
   * Whether no cycle is running: the API had no more when it was asked last, or never was asked. Of
   * windows, whether all were read that were closed.
   */
  public boolean betweenCycles() {
    return cycle == null && (window == null || !window.more());
  }

  /** Whether this is the end of a stretch that was read to its end; a stream itself has none. */
  public boolean isAtTheEnd() {
    return cycle == null && window != null && window.isOver();
  }

  /** How many delivered records are remembered, to be recognised when the API sends them again. */
  public int keysHeld() {
    return keys.size();
  }

  /**
   * The same position, its next cycle due at once and not an interval after the last one: for a
   * read that is asked to bring what is there now. A retry and a cycle that is running wait as
   * ever.
   */
  public Position dueAtOnce() {
    return cycle != null || started == null
        ? this
        : new Position(
            fingerprint, source, offset, floor, keys, null, null, asked, validator, window);
  }

  /** The same position, its meaning given by the options that have this fingerprint. */
  Position under(String current) {
    return current.equals(fingerprint)
        ? this
        : new Position(current, source, offset, floor, keys, cycle, started, asked, null, window);
  }

  /** The same position, at a window; null where there are none. */
  Position with(@Nullable Window newWindow) {
    return new Position(
        fingerprint, source, offset, floor, keys, cycle, started, asked, validator, newWindow);
  }

  /** The same position, after its next page was accepted and moved nothing. */
  Position unmoved(Instant askedAt, @Nullable Validator next) {
    return new Position(
        fingerprint, source, offset, floor, keys, cycle, askedAt, askedAt, next, window);
  }

  /** The same position, with what its last page is recognised by. */
  Position with(Validator next) {
    return new Position(
        fingerprint, source, offset, floor, keys, cycle, started, asked, next, window);
  }

  /**
   * Whether this and another position, both between cycles, are the same but for their times and
   * what the last page is recognised by: going on from either delivers the same records.
   */
  public boolean isUnmovedFrom(Position other) {
    return cycle == null
        && other.cycle == null
        && fingerprint.equals(other.fingerprint)
        && source == other.source
        && Objects.equals(text(offset), text(other.offset))
        && Objects.equals(text(floor), text(other.floor))
        && keys.entries().equals(other.keys.entries())
        && Objects.equals(window, other.window);
  }

  private static @Nullable String text(@Nullable OffsetValue value) {
    return value == null ? null : value.text();
  }

  String fingerprint() {
    return fingerprint;
  }

  @Nullable Source source() {
    return source;
  }

  /** The offset that the API is asked with; null until the first one is known. */
  @Nullable OffsetValue offset() {
    return offset;
  }

  /** From where on delivered records are known; null where that is the offset. */
  @Nullable OffsetValue floor() {
    return floor;
  }

  BoundaryKeys keys() {
    return keys;
  }

  @Nullable Cycle cycle() {
    return cycle;
  }

  /** When the last cycle started; null before the first. */
  @Nullable Instant started() {
    return started;
  }

  /** When the last accepted page was asked for; null before the first. */
  @Nullable Instant asked() {
    return asked;
  }

  /** What the last page is recognised by, if it would say nothing when it came again. */
  @Nullable Validator validator() {
    return validator;
  }

  /** The window that is asked for; null where there are none, or before the first. */
  @Nullable Window window() {
    return window;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Position position && position.json().equals(json());
  }

  @Override
  public int hashCode() {
    return json().hashCode();
  }

  @Override
  public String toString() {
    return json();
  }
}
