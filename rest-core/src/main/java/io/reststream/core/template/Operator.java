package io.reststream.core.template;

import org.jspecify.annotations.Nullable;

/** How an expression is written: the table of RFC 6570, appendix A. */
enum Operator {
  SIMPLE("", ",", false, "", false),
  RESERVED("", ",", false, "", true),
  FRAGMENT("#", ",", false, "", true),
  LABEL(".", ".", false, "", false),
  PATH("/", "/", false, "", false),
  PATH_PARAMETER(";", ";", true, "", false),
  QUERY("?", "&", true, "=", false),
  QUERY_CONTINUATION("&", "&", true, "=", false);

  static final String ALLOWED = "'+', '#', '.', '/', ';', '?' and '&'";

  /** What stands before the first value that is defined. */
  final String first;

  /** What stands between two values. */
  final String separator;

  /** Whether a value is written with its name. */
  final boolean named;

  /** What follows the name of an empty value. */
  final String ifEmpty;

  /** Whether reserved characters of a value pass as they are. */
  final boolean reserved;

  Operator(String first, String separator, boolean named, String ifEmpty, boolean reserved) {
    this.first = first;
    this.separator = separator;
    this.named = named;
    this.ifEmpty = ifEmpty;
    this.reserved = reserved;
  }

  /** The operator that this character is, or null where it is none. */
  static @Nullable Operator of(char c) {
    return switch (c) {
      case '+' -> RESERVED;
      case '#' -> FRAGMENT;
      case '.' -> LABEL;
      case '/' -> PATH;
      case ';' -> PATH_PARAMETER;
      case '?' -> QUERY;
      case '&' -> QUERY_CONTINUATION;
      default -> null;
    };
  }

  /** Whether what the expression writes belongs to the query or the fragment, not to the path. */
  boolean endsPath() {
    return this == QUERY || this == FRAGMENT;
  }
}
