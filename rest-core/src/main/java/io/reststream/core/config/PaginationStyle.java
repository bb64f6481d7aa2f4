package io.reststream.core.config;

/** How the next page of a cycle is asked for. */
public enum PaginationStyle {
  /** No pages: the next request is asked with the new offset. */
  NONE("none"),

  /** The response holds the address of the next page. */
  NEXT_URL("nextUrl"),

  /** The response's Link header (RFC 8288) holds the address of the next page. */
  LINK_HEADER("linkHeader"),

  /** The response holds a token that the next request carries. */
  CURSOR("cursor"),

  /** Pages are counted. */
  PAGE_NUMBER("pageNumber"),

  /** The records that came before a page are counted. */
  OFFSET_LIMIT("offsetLimit"),

  /** The next request carries a field of the page's last record. */
  LAST_RECORD("lastRecord");

  private final String text;

  PaginationStyle(String text) {
    this.text = text;
  }

  /** Whether the token is a number that is counted up, whatever the response holds. */
  public boolean isNumbered() {
    return this == PAGE_NUMBER || this == OFFSET_LIMIT;
  }

  /** Whether the token is an address, which the response holds. */
  public boolean isAddress() {
    return this == NEXT_URL || this == LINK_HEADER;
  }

  /** The value as users write it. */
  @Override
  public String toString() {
    return text;
  }
}
