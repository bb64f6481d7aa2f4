package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.stream.Stream;

/** What is refused at once, and by which words: answers beyond a limit, and options. */
final class RefusalScenarios {
  private static final int DEEPEST = 1_000;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LONGEST_OFFSET = 65_536;
  private static final String ANSWER = "The answer of GET {base}/log?since=0 ";

  /** The brackets of the answer and of its array of records, and the record's own. */
  private static final int AROUND = 3;

  private RefusalScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.concat(answers(), options()).toList();
  }

  private static Stream<ScenarioBuilder> answers() {
    return Stream.of(
        log("limits: nesting, a number and an offset as large as they may be")
            .records(
                "{'id':#,'ts':'$%s','deep':%s,'number':%s}"
                    .formatted(
                        "x".repeat(LONGEST_OFFSET - 1),
                        nested(DEEPEST - AROUND),
                        "7".repeat(LONGEST_NUMBER)))
            .life("a", "b", "b", "c", "c", "d"),
        log("an error: a body over maxResponseBytes")
            .options("maxResponseBytes", "1k")
            .records("{'id':#,'ts':$,'text':'" + "x".repeat(1_024) + "'}")
            .at(1)
            .drain()
            .expectMessage(
                "GET {base}/log?since=0 failed: the body is larger than the 1024 bytes that option"
                    + " 'maxResponseBytes' allows"),
        log("an error: nesting over its limit")
            .records("{'id':#,'ts':$,'deep':" + nested(DEEPEST - AROUND + 1) + "}")
            .at(1)
            .drain()
            .expectMessage(
                ANSWER
                    + "is beyond a limit: Depth (1001) exceeds the maximum allowed nesting depth"
                    + " (1000)."),
        log("an error: a number over its limit")
            .setUp(api -> api.serve("/log", request -> number(LONGEST_NUMBER + 1)))
            .at(1)
            .drain()
            .expectMessage(
                ANSWER
                    + "is beyond a limit: Number length (1001) exceeds the maximum length (1000)."),
        log("an error: an offset over its limit")
            .records("{'id':#,'ts':'$" + "x".repeat(LONGEST_OFFSET) + "'}")
            .at("a")
            .drain()
            .expectMessage(
                ANSWER
                    + "has 65537 characters in an offset, more than the 65536 that a position can"
                    + " hold."));
  }

  private static Stream<ScenarioBuilder> options() {
    return Stream.of(
        log("an error: options that are unknown, wrong and contradict, all at once")
            .options("ofsetField", "ts", "streamingInterval", "soon")
            .options("authType", "OAuth2", "oauthTokenUrl", "{base}/token", "oauthToken", "t")
            .options("oauthClientId", "me", "oauthClientSecret", "s3cret")
            .at(1)
            .drain()
            .expectMessage(
                """
                3 problems in the options:
                  - Option 'ofsetField' is not known. Did you mean 'offsetField'?
                  - Option 'streamingInterval' must be a duration such as '10' (seconds), '500ms' or '1m', but was 'soon'.
                  - Option 'oauthToken' has no meaning with 'authType'='OAuth2': it belongs to 'Bearer' or 'OAuth1'."""));
  }

  private static ScenarioBuilder log(String name) {
    return named(name)
        .serve(Endpoint.at("/log").since("since", "ts").data("data"))
        .options("url", "{base}/log?since={ts}", "offsetType", "max_field", "offsetField", "ts");
  }

  /** By hand: the API's own reader of records has the same limit. */
  private static Answer number(int digits) {
    return Answer.json("{\"data\":[{\"id\":1,\"ts\":1,\"number\":" + "7".repeat(digits) + "}]}");
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }
}
