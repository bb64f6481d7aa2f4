package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What goes wrong with an API, and what it asks of those who read it. */
final class FaultScenarios {
  private static final String LATER = "Wed, 01 May 2024 13:30:00 GMT";

  private FaultScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(passing(), limits(), chosen(), lasting()).flatMap(rows -> rows).toList();
  }

  private static Stream<ScenarioBuilder> passing() {
    return Stream.of(
        met("fault: 408, 425 and 429", Fault.status(408), Fault.status(425), Fault.status(429)),
        met(
            "fault: 500, 502, 503 and 504",
            Fault.status(500),
            Fault.status(502),
            Fault.status(503).body("{\"data\":[]}"),
            Fault.status(504)),
        refused("fault: nobody listens for a while"),
        met("fault: a connection reset", Fault.reset(), Fault.reset()),
        met("fault: a truncated body", Fault.truncated()),
        met("fault: a malformed body", Fault.malformed()),
        met("fault: an HTML page with status 200", Fault.html()),
        maxField("fault: a body that stalls")
            .options("readTimeout", "500ms", "retryBaseDelay", "10ms")
            .at(1)
            .drain()
            .run(api -> api.fault(Fault.stalled(new Gate())))
            .at(2, 2)
            .drain());
  }

  private static Stream<ScenarioBuilder> limits() {
    return Stream.of(
        met(
            "fault: Retry-After in seconds, with decimals and as a date",
            Fault.tooManyRequests("1"),
            Fault.tooManyRequests("0.1"),
            Fault.tooManyRequests(LATER)),
        met(
            "fault: a limit told by 403",
            Fault.status(403)
                .header("X-RateLimit-Remaining", "0")
                .header("X-RateLimit-Reset", "1")),
        met(
            "fault: a limit in RateLimit",
            Fault.status(429).header("RateLimit", "\"day\";r=9;t=9000, \"second\";r=0;t=1")),
        met(
                "fault: a time to come again in a header of its own",
                Fault.status(429).header("X-Rate-Limit-Retry-After-Seconds", "1"))
            .options("retryAfterHeader", "X-Rate-Limit-Retry-After-Seconds"),
        tenants("limit: requestsPerSecond").options("requestsPerSecond", "50"),
        tenants("limit: maxConcurrentRequests").options("maxConcurrentRequests", "1"));
  }

  private static Stream<ScenarioBuilder> chosen() {
    return Stream.of(
        met(
                "fault: a success that says it is an error",
                Fault.status(200).body("{\"ok\":false,\"error\":\"ratelimited\"}"))
            .options("errorWhen", "ok=false"),
        met(
                "fault: errors in place of the records",
                Fault.status(200).body("{\"error\":[\"EGeneral:Busy\"]}"))
            .options("errorWhen", "error"),
        met("fault: a status that stands for no records", Fault.status(404), Fault.status(404))
            .options("ignoreStatuses", "404"),
        met("fault: a status that is retried by option", Fault.status(404))
            .options("statusActions", "404:retry"),
        maxField("fault: an offset that has expired")
            .options("statusActions", "410:reset")
            .at(1, 1)
            .drain()
            .fault(Fault.status(410))
            .drain()
            .at(2)
            .drain()
            .restart()
            .at(3)
            .drain());
  }

  private static Stream<ScenarioBuilder> lasting() {
    return Stream.of(
        maxField("an error: a status that is not retried")
            .setUp(always(Answer.status(403).body("not yours")))
            .at(1)
            .drain()
            .expectFailure("status 403"),
        maxField("an error: retries that are used up")
            .setUp(always(Answer.status(503)))
            .options("maxRetries", "1", "retryBaseDelay", "10ms")
            .at(1)
            .drain()
            .expectFailure("status 503"),
        maxField("an error: HTML for good")
            .setUp(always(Answer.html("<html><body>Please log in</body></html>")))
            .options("maxRetries", "1", "retryBaseDelay", "10ms")
            .at(1)
            .drain()
            .expectFailure("<html>"),
        maxField("an error: a success that says it is an error, for good")
            .setUp(always(Answer.json("{\"ok\":false,\"error\":\"account_inactive\"}")))
            .options("maxRetries", "1", "retryBaseDelay", "10ms", "errorWhen", "ok=false")
            .at(1)
            .drain()
            .expectFailure("account_inactive"));
  }

  private static Consumer<FakeApi> always(Answer answer) {
    return api -> api.serve("/log", request -> answer);
  }

  /** Records that are read in spite of these faults, before and after a restart. */
  private static ScenarioBuilder met(String name, Fault... faults) {
    return maxField(name)
        .options("retryBaseDelay", "10ms")
        .at(1)
        .drain()
        .fault(faults)
        .at(2, 2)
        .drain()
        .restart()
        .fault(faults)
        .at(2, 3)
        .drain();
  }

  /**
   * Records behind a front that goes on answering, so that it can be told how often a connection to
   * what lies behind was refused: twice, before the third request finds it open.
   */
  private static ScenarioBuilder refused(String name) {
    return maxField(name)
        .setUp(api -> api.serve("/front", front(api)))
        .options("url", "{base}/front?since={ts}", "allowedHosts", "{door}")
        .options("retryBaseDelay", "10ms", "maxRetries", "2")
        .at(1)
        .drain()
        .run(api -> api.door().shut())
        .at(2, 2)
        .drain()
        .run(api -> api.door().shut())
        .restart()
        .at(2, 3)
        .drain();
  }

  private static Responder front(FakeApi api) {
    AtomicInteger refused = new AtomicInteger();
    return request -> {
      if (!api.door().isOpen() && refused.incrementAndGet() % 3 == 0) {
        api.door().open();
      }
      return Answer.status(302).header("Location", api.door().url("/log?" + request.query()));
    };
  }

  private static ScenarioBuilder maxField(String name) {
    return named(name)
        .serve(Endpoint.at("/log").since("since", "ts").data("data"))
        .options("url", "{base}/log?since={ts}", "offsetType", "max_field", "offsetField", "ts");
  }

  private static ScenarioBuilder tenants(String name) {
    return named(name)
        .serve(Endpoint.at("/log").since("since", "ts").data("data").feedNamedBy("tenant"))
        .options("url", "{base}/log?tenant={tenant}&since={ts}")
        .options("offsetType", "max_field", "offsetField", "ts")
        .options("inputData", "[{\"tenant\":\"a\"},{\"tenant\":\"b\"},{\"tenant\":\"c\"}]")
        .feed("a")
        .at(1, 2)
        .feed("b")
        .at(1)
        .feed("c")
        .at(1)
        .drain()
        .at(2)
        .drain()
        .restart()
        .at(3)
        .drain();
  }
}
