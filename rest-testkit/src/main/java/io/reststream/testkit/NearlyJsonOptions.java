package io.reststream.testkit;

import java.util.Map;

/** The options about what a body may hold although it is not JSON, as a user writes them. */
public final class NearlyJsonOptions {
  /** All of them, each allowing what it can. */
  public static final Map<String, String> ALL =
      Map.of(
          "allowComments", "true",
          "allowUnquotedFieldNames", "true",
          "allowSingleQuotes", "true",
          "allowNumericLeadingZeros", "true",
          "allowBackslashEscapingAnyCharacter", "true",
          "allowUnquotedControlChars", "true",
          "allowNonNumericNumbers", "true");

  private NearlyJsonOptions() {}
}
