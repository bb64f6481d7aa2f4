package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.Options;
import io.reststream.core.http.JdkTransport;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.ManualClock;
import io.reststream.testkit.NearlyJsonOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams and calls of APIs whose bodies are nearly JSON. */
@Timeout(60)
class NearlyJsonTest {
  private static ScriptedStream stream() {
    return new ScriptedStream("offsetType", "max_field", "offsetField", "v", "dataField", "items");
  }

  @Test
  void thePageIsThatOfTheSameDocumentAsJson() throws Exception {
    String body =
        "/* ü */{'next': 'b', total: 002, 'items': [{id:07,ts:1.50},\n {'id':8,ts:2,x:NaN}]}";
    try (FakeApi api = FakeApi.start()) {
      api.serve("/events", request -> Answer.json(body));
      Map<String, String> options =
          Options.of(
              "url", api.url("/events?since={offset}{&after}"),
              "offsetType", "max_field",
              "offsetField", "ts",
              "dataField", "items",
              "pagination", "cursor",
              "pageTokenName", "after",
              "nextField", "next",
              "totalField", "total");
      options.putAll(NearlyJsonOptions.ALL);
      try (RestPoller poller =
          new RestPoller(
              RestConfig.parse(options, ReadMode.STREAM),
              new JdkTransport(Duration.ofSeconds(30)),
              new ManualClock(),
              () -> 0.5)) {
        Page page = (Page) poller.poll(Input.EMPTY, poller.start()).get(30, TimeUnit.SECONDS);

        assertThat(page.records().texts())
            .containsExactly("{\"id\":7,\"ts\":1.50}", "{\"id\":8,\"ts\":2,\"x\":\"NaN\"}");
        assertThat(page.next().betweenCycles()).isTrue();
        assertThat(page.next().offset().text()).isEqualTo("2");
        assertThat(page.info().bytes()).isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);
      }
    }
  }

  /** Without {@code keyField} a record is recognised by its bytes, the spaces included. */
  @Test
  void whatIsAllowedMayChangeBetweenTwoRuns() {
    ScriptedStream stream = stream();
    String known = "{ \"v\" : 2.50,\"t\":\"\\u00e9\" }";
    stream.poll("{\"items\":[{ \"v\": 1 }," + known + "]}");
    NearlyJsonOptions.ALL.keySet().forEach(option -> stream.restartWith(option, "true"));

    String last = "{\"v\":3, \"x\":\"NaN\"}";
    assertThat(stream.poll("{items:[" + known + ",/* new */{v:03, 'x':NaN}]}"))
        .containsExactly(last);
    assertThat(stream.poll("{\"items\":[{'v':3, x:NaN}/* as before */]}")).isEmpty();
    NearlyJsonOptions.ALL.keySet().forEach(option -> stream.restartWith(option, "false"));
    assertThat(stream.poll("{\"items\":[" + last + "]}")).isEmpty();
  }

  @Test
  void theProblemNamesTheOptionsThatWouldAllowIt() {
    ScriptedStream stream = stream().restartWith("allowComments", "true");

    assertThatThrownBy(
            () -> stream.poll("/* no more than a comment */ {\"items\":[{\"v\":NaN,'id':1}]}"))
        .isInstanceOf(ResponseException.class)
        .hasMessage(
            "The answer of GET http://api.test/feed?since=0 is not JSON at byte 47, near"
                + " 'comment */ {\"items\":[{\"v\":NaN,'id':1}]}'; to read it, set"
                + " 'allowSingleQuotes', 'allowNonNumericNumbers' to 'true'.");
  }

  @Test
  void theAnswerOfACallIsTheBodyAsJson() throws Exception {
    try (FakeApi api = FakeApi.start()) {
      api.serve("/all", request -> Answer.json(" {a:01, 'b' : [Infinity]} // end"));
      Map<String, String> options = Options.of("url", api.url("/all{?id}"));
      options.putAll(NearlyJsonOptions.ALL);
      RestConfig config = Calls.parse(options, Calls.Form.ANSWER, List.of(), List.of("id"));
      try (Calls calls =
          new Calls(config, Calls.Form.ANSWER, RestPoller.open(config), new SystemAlarm(), 1)) {
        Calls.Answer answer = calls.call(Input.of(Map.of("id", 1))).get(30, TimeUnit.SECONDS);

        assertThat(answer.outputs()).containsExactly("{\"a\":1, \"b\" : [\"Infinity\"]}");
      }
    }
  }
}
