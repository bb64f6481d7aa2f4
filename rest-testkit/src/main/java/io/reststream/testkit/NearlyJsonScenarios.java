package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.function.UnaryOperator;

/** Bodies that are nearly JSON, of records that are. */
final class NearlyJsonScenarios {
  private NearlyJsonScenarios() {}

  static List<ScenarioBuilder> rows() {
    return List.of(
        log(
                "nearly JSON: comments, quotes and zeros",
                log().data("items"),
                NearlyJsonScenarios::likeJavaScript)
            .options("dataField", "items", "allowComments", "true", "allowSingleQuotes", "true")
            .options("allowUnquotedFieldNames", "true", "allowNumericLeadingZeros", "true")
            .records("{'id':#,'ts':$,'t':'it is'}")
            .life(1, 2, 3, 3, 4, 5),
        log(
                "nearly JSON: NaN, tabs and escapes, on lines",
                log().ndjson(),
                NearlyJsonScenarios::likeALog)
            .options("responseFormat", "ndjson", "allowComments", "true")
            .options("allowNonNumericNumbers", "true", "allowUnquotedControlChars", "true")
            .options("allowBackslashEscapingAnyCharacter", "true")
            .records("{'id':#,'ts':$,'x':'-Infinity','t':'a\\tb: c'}")
            .life(1, 2, 3, 3, 4, 5),
        log(
                "an error: nearly JSON, which is not allowed",
                log().data("data"),
                body -> "//\n" + body)
            .options("maxRetries", "0", "allowSingleQuotes", "true")
            .at(1)
            .drain()
            .expectFailure("; to read it, set 'allowComments' to 'true'"));
  }

  private static String likeJavaScript(String json) {
    return "// items\n"
        + json.replaceAll("\"(\\w+)\":", "$1:").replace('"', '\'').replaceAll(":(\\d)", ":00$1")
        + "/* end */";
  }

  private static String likeALog(String lines) {
    return "// log\n"
        + lines.replace("\"-Infinity\"", "-INF").replace("\\t", "\t").replace(": c", "\\: c");
  }

  private static ScenarioBuilder log(String name, Endpoint endpoint, UnaryOperator<String> spoken) {
    return named(name)
        .setUp(api -> api.serve(endpoint, log -> new Wording().tells(spoken).of(log)))
        .options("url", "{base}/log?since={ts}", "offsetType", "max_field", "offsetField", "ts");
  }

  private static Endpoint log() {
    return Endpoint.at("/log").since("since", "ts");
  }
}
