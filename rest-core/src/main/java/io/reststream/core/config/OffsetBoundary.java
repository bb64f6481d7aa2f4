package io.reststream.core.config;

/** What an API answers for the offset itself. */
public enum OffsetBoundary {
  /** Records at the offset come again. */
  INCLUSIVE("inclusive"),

  /** Only records after the offset come. */
  EXCLUSIVE("exclusive");

  private final String text;

  OffsetBoundary(String text) {
    this.text = text;
  }

  /** The value as users write it. */
  @Override
  public String toString() {
    return text;
  }
}
