package io.reststream.testkit;

/** What stands for the next token, or the next link, on the last page. */
public enum Tail {
  /** {@code "next":null}. */
  NULL,
  /** No such field or header. */
  ABSENT,
  /** {@code "next":""}. */
  EMPTY,
  /** The token that was asked with, although the page has records. */
  UNMOVED,
  /** A token as on every page, from which later records follow. */
  MOVED
}
