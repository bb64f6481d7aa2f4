package io.reststream.core.config;

/** How the next page of a cycle is asked for. */
public enum PaginationStyle {
  /** No pages: the next request is asked with the new offset. */
  NONE("none"),

  /** The response holds the address of the next page. */
  NEXT_URL("nextUrl"),

  /** The response holds a token that the next request carries. */
  CURSOR("cursor");

  private final String text;

  PaginationStyle(String text) {
    this.text = text;
  }

  /** The value as users write it. */
  @Override
  public String toString() {
    return text;
  }
}
