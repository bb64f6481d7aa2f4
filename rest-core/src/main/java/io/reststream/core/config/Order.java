package io.reststream.core.config;

/** The order of the records within a cycle, by their offset field. */
public enum Order {
  /** Oldest first, on every page and across pages. */
  ASCENDING("ascending"),

  /** Newest first, on every page and across pages. */
  DESCENDING("descending"),

  /** No order that can be relied on. */
  NONE("none");

  private final String text;

  Order(String text) {
    this.text = text;
  }

  /** The value as users write it. */
  @Override
  public String toString() {
    return text;
  }
}
