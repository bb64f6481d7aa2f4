package io.reststream.testkit;

/** How an endpoint answers when there are no records, and none to come. */
public enum WhenEmpty {
  /** The usual envelope with an empty array. */
  ARRAY,
  /** Status 200 without a body. */
  EMPTY_BODY,
  /** Status 204. */
  NO_CONTENT
}
