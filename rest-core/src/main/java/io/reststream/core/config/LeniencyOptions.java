package io.reststream.core.config;

import io.reststream.core.json.Leniency;

/** The options about what a body may hold beyond JSON, named as Spark names them. */
public final class LeniencyOptions {
  public static final Option<Boolean> COMMENTS =
      of(
          Leniency.COMMENTS,
          "Whether a body may hold comments: /* up to */, or // up to the end of the line. What"
              + " this option and the next six allow is written as JSON before anything else reads"
              + " the body; a record that is JSON keeps its bytes.");
  public static final Option<Boolean> UNQUOTED_NAMES =
      of(
          Leniency.UNQUOTED_NAMES,
          "Whether the names of fields may stand without quotes, as in {id: 1}.");
  public static final Option<Boolean> SINGLE_QUOTES =
      of(
          Leniency.SINGLE_QUOTES,
          "Whether names and texts may stand in single quotes, as in {'id': 'a'}.");
  public static final Option<Boolean> LEADING_ZEROS =
      of(
          Leniency.LEADING_ZEROS,
          "Whether numbers may begin with zeros; they are left out: 007 is 7.");
  public static final Option<Boolean> ANY_ESCAPE =
      of(
          Leniency.ANY_ESCAPE,
          "Whether a backslash may stand before any character, which then stands for itself.");
  public static final Option<Boolean> CONTROL_CHARACTERS =
      of(
          Leniency.CONTROL_CHARACTERS,
          "Whether texts in double quotes may hold tabs, line breaks and other control characters as"
              + " they are; with responseFormat=ndjson no line breaks.");
  public static final Option<Boolean> NON_NUMBERS =
      of(
          Leniency.NON_NUMBERS,
          "Whether NaN, Infinity and -Infinity may stand where numbers do. JSON has no form for"
              + " them: they become texts, which engines read as numbers where a column is DOUBLE"
              + " or FLOAT.");

  private LeniencyOptions() {}

  private static Option<Boolean> of(Leniency leniency, String doc) {
    return Option.of(leniency.key(), OptionTypes.bool(), "false", doc);
  }

  /** The option that allows something. */
  public static Option<Boolean> of(Leniency leniency) {
    return switch (leniency) {
      case COMMENTS -> COMMENTS;
      case UNQUOTED_NAMES -> UNQUOTED_NAMES;
      case SINGLE_QUOTES -> SINGLE_QUOTES;
      case LEADING_ZEROS -> LEADING_ZEROS;
      case ANY_ESCAPE -> ANY_ESCAPE;
      case CONTROL_CHARACTERS -> CONTROL_CHARACTERS;
      case NON_NUMBERS -> NON_NUMBERS;
    };
  }
}
