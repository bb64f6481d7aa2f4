package io.reststream.core.json;

import com.fasterxml.jackson.core.json.JsonReadFeature;

/** What a body may hold although it is not JSON: under Spark's names, and as Jackson means it. */
public enum Leniency {
  COMMENTS("allowComments", JsonReadFeature.ALLOW_JAVA_COMMENTS),
  UNQUOTED_NAMES("allowUnquotedFieldNames", JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES),
  SINGLE_QUOTES("allowSingleQuotes", JsonReadFeature.ALLOW_SINGLE_QUOTES),
  LEADING_ZEROS("allowNumericLeadingZeros", JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS),
  ANY_ESCAPE(
      "allowBackslashEscapingAnyCharacter", JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER),
  CONTROL_CHARACTERS("allowUnquotedControlChars", JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS),
  NON_NUMBERS("allowNonNumericNumbers", JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

  private final String key;
  private final JsonReadFeature feature;

  Leniency(String key, JsonReadFeature feature) {
    this.key = key;
    this.feature = feature;
  }

  /** The option that allows it. */
  public String key() {
    return key;
  }

  JsonReadFeature feature() {
    return feature;
  }
}
