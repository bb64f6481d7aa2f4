package io.reststream.core.config;

/** Where the columns of the inputs go that no placeholder names. */
public enum QueryType {
  /** Nowhere: placeholders alone say what is sent. */
  INLINE("inline"),

  /** Into the query of the url, as parameters of their names. */
  QUERYSTRING("querystring");

  private final String text;

  QueryType(String text) {
    this.text = text;
  }

  /** The value as users write it. */
  @Override
  public String toString() {
    return text;
  }
}
