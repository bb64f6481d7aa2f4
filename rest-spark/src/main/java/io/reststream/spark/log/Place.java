package io.reststream.spark.log;

/**
 * A place between two records of a page log: so many records of a segment lie before it.
 *
 * @param segment the segment's number, from 1; 0 is the place before everything
 * @param record how many of the segment's records lie before the place
 */
public record Place(long segment, long record) implements Comparable<Place> {
  /** Before everything. */
  public static final Place START = new Place(0, 0);

  @Override
  public int compareTo(Place other) {
    int bySegment = Long.compare(segment, other.segment);
    return bySegment != 0 ? bySegment : Long.compare(record, other.record);
  }

  @Override
  public String toString() {
    return "segment " + segment + ", record " + record;
  }
}
