package io.reststream.core.config;

/** Where the value comes from that an API is asked with. */
public enum OffsetType {
  /**
   * The response's offset field; where the response has none, the largest of that field over the
   * records.
   */
  TIMESTAMP("timestamp"),

  /** The response's offset field, opaque: null, absent, empty or unmoved is the end for now. */
  CURSOR("cursor"),

  /** The largest of the offset field over the records, plus one: exact integers. */
  INCREMENTAL("incremental"),

  /** The largest of the offset field over the records, in the record's own text. */
  MAX_FIELD("max_field");

  private final String text;

  OffsetType(String text) {
    this.text = text;
  }

  /** The value as users write it. */
  @Override
  public String toString() {
    return text;
  }
}
