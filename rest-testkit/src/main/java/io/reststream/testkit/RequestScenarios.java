package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What requests say, and where they say it. */
final class RequestScenarios {
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TENANT = "ac\"me & {co}\n=1";

  private RequestScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(methods(), queries(), builtIns()).flatMap(rows -> rows).toList();
  }

  private static Stream<ScenarioBuilder> methods() {
    return Stream.of("POST", "PUT", "DELETE")
        .flatMap(
            method ->
                Stream.of(
                    sent(method, "a JSON body", JSON, "{\"since\":{ts},\"tenant\":\"{tenant}\"}"),
                    sent(method, "a JSON value", JSON, "{\"since\":{ts},\"tenant\":{tenant}}"),
                    sent(method, "a form", FORM, "since={ts}&tenant={tenant}"),
                    sent(method, "no body", null, "")));
  }

  private static ScenarioBuilder sent(
      String method, String what, @Nullable String contentType, String body) {
    String url = contentType == null ? "{base}/log?since={ts}&tenant={tenant}" : "{base}/log";
    ScenarioBuilder row =
        maxField("request: %s with %s".formatted(method, what), log().feedNamedBy("tenant"))
            .options("url", url, "method", method)
            .options("inputData", "[{\"tenant\":\"ac\\\"me & {co}\\n=1\"}]")
            .setUp(
                api ->
                    api.beforeAnswer(
                        request -> {
                          require(request, "method", request.method().equals(method));
                          String type = request.header("Content-Type");
                          require(
                              request,
                              "type",
                              contentType == null ? type == null : contentType.equals(type));
                          require(
                              request, "body", request.body().isEmpty() == (contentType == null));
                        }))
            .feed(TENANT)
            .life(1, 2, 3, 4, 5, 6);
    if (contentType != null) {
      row.options("body", body);
    }
    return FORM.equals(contentType) ? row.options("header.Content-Type", FORM) : row;
  }

  private static Stream<ScenarioBuilder> queries() {
    return Stream.of(
        maxField("request: inputs that the url does not name, in its query", log())
            .serve(log().feedNamedBy("the tenant"))
            .options("queryType", "querystring")
            .options("inputData", "[{\"the tenant\":\"a&b\",\"none\":null},{\"the tenant\":\"c\"}]")
            .setUp(
                api ->
                    api.beforeAnswer(
                        request -> require(request, "none", request.param("none") == null)))
            .feed("a&b")
            .at(1, 2, 3)
            .feed("c")
            .at(1)
            .drain()
            .restart()
            .at(2)
            .feed("a&b")
            .at(3, 4)
            .drain(),
        maxField("request: a parameter that has another name than the field", log("from"))
            .options("url", "{base}/log{?from=offset}", "initialOffset", "")
            .setUp(
                api ->
                    api.beforeAnswer(
                        request ->
                            require(
                                request,
                                "from",
                                request.number() > 1 || request.param("from") == null)))
            .life(1, 2, 3, 4, 5, 6));
  }

  private static Stream<ScenarioBuilder> builtIns() {
    return Stream.of(
        maxField(
                "request: the offset in another format than the records'",
                Endpoint.at("/log").since("since", "seconds").data("data"))
            .options("url", "{base}/log?since={ts:epochSeconds}")
            .records("{'id':#,'ts':'1970-01-01T00:00:0$Z','seconds':$}")
            .life(1, 2, 3, 4, 5, 6),
        maxField("request: the time, and an id of its own", log())
            .options("url", "{base}/log?since={ts}&day={now:yyyyMMdd}&id={uuid}")
            .setUp(
                api -> {
                  Set<String> ids = ConcurrentHashMap.newKeySet();
                  api.beforeAnswer(
                      request -> {
                        require(request, "day", matches(request.param("day"), "\\d{8}"));
                        require(request, "id", matches(request.param("id"), "[0-9a-f-]{36}"));
                        require(request, "new id", ids.add(request.param("id")));
                      });
                })
            .life(1, 2, 3, 4, 5, 6));
  }

  private static boolean matches(@Nullable String text, String pattern) {
    return text != null && text.matches(pattern);
  }

  static void require(Request request, String what, boolean is) {
    if (!is) {
      throw new AssertionError(
          "%s %s: %s %s".formatted(what, request, request.headers(), request.body()));
    }
  }

  private static ScenarioBuilder maxField(String name, Endpoint endpoint) {
    return named(name)
        .serve(endpoint)
        .options("url", "{base}/log?since={ts}", "offsetType", "max_field", "offsetField", "ts");
  }

  private static Endpoint log() {
    return log("since");
  }

  private static Endpoint log(String param) {
    return Endpoint.at("/log").since(param, "ts").data("data");
  }
}
