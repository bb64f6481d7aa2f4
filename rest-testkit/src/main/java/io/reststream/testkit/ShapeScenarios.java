package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.List;
import java.util.stream.Stream;

/** The forms of requests, responses and records. */
final class ShapeScenarios {

  private ShapeScenarios() {}

  static List<ScenarioBuilder> rows() {
    return Stream.of(responses(), records(), inputs(), wrong()).flatMap(s -> s).toList();
  }

  private static Stream<ScenarioBuilder> responses() {
    return Stream.of(
        nested("dataField: dotted", "payload.items"),
        nested("dataField: a JSON Pointer", "/payload/items"),
        nested("dataField: a $.-path", "$.payload.items"),
        maxField("NDJSON: a record on each line", log().ndjson())
            .options("responseFormat", "ndjson")
            .life(1, 2, 3, 4, 5, 6),
        maxField(
                "NDJSON: the next page in a header",
                log().ndjson().ascending("ts").pageSize(2).nextUrl("header:X-Next", Tail.ABSENT))
            .options("responseFormat", "ndjson", "pagination", "nextUrl")
            .options("nextField", "header:X-Next", "order", "ascending")
            .life(1, 2, 3, 4, 5, 6),
        maxField("a gzip body", log().data("data").gzip()).life(1, 2, 3, 4, 5, 6),
        maxField("a single object where an array was expected", log().data("data").single())
            .at(1)
            .drain()
            .at(2)
            .drain()
            .restart()
            .at(3)
            .drain());
  }

  private static ScenarioBuilder nested(String name, String dataField) {
    return maxField(
            name, log().with("meta.next", new ResponseField.Constant("null")).data("payload.items"))
        .options("dataField", dataField)
        .life(1, 2, 3, 4, 5, 6);
  }

  private static Stream<ScenarioBuilder> records() {
    return Stream.of(
        positional("positional arrays: offsetField 3", "3"),
        positional("positional arrays: offsetField /3", "/3"),
        maxField("the offset field nested in the record", log("meta.ts").data("data"))
            .options("url", "{base}/log?since={offset}", "offsetField", "meta.ts")
            .records("{'id':#,'meta':{'ts':$}}")
            .life(1, 2, 3, 4, 5, 6),
        maxField("text outside ASCII", log().data("data"))
            .records("{'id':#,'ts':$,'text':'Grüße, 世界 🚲 \\u00e9\\n','ключ':1}")
            .life(1, 2, 3, 4, 5, 6),
        maxField("numbers, spaces and keys as they came", log().data("data"))
            .records(
                "{ 'z' : 1.50, 'a':1E+2 ,'n':-0.0,\n 'ts': $ ,'id':#, 'big':12345678901234567890 }")
            .life(1, 2, 3, 4, 5, 6));
  }

  private static ScenarioBuilder positional(String name, String offsetField) {
    Endpoint states =
        log("3").with("time", new ResponseField.Constant("1704067200")).data("states");
    return maxField(name, states)
        .options("url", "{base}/log?since={offset}", "dataField", "states")
        .options("offsetField", offsetField)
        .records("['4b18#',null,'Switzerland',$,[1,2]]")
        .life(1, 2, 3, 4, 5, 6);
  }

  private static Stream<ScenarioBuilder> inputs() {
    Endpoint byPath = Endpoint.at("/{tenant}/log").since("since", "ts").data("data");
    return Stream.of(
        tenants(
            "several inputs, in the query",
            log().data("data"),
            "{base}/log?tenant={tenant}&since={ts}"),
        tenants("several inputs, in the path", byPath, "{base}/{tenant}/log?since={ts}"),
        tenants(
                "several inputs, each with records under a name of its own",
                log().data("result.records"),
                "{base}/log?tenant={tenant}&since={ts}")
            .setUp(
                api ->
                    api.serve(
                        log().data("result.records").feedNamedBy("tenant"),
                        ShapeScenarios::underItsName))
            .options("dataField", "result.{tenant}"),
        maxField("an input with signs that need encoding", log().data("data").feedNamedBy("tenant"))
            .options("url", "{base}/log?tenant={tenant}&since={ts}")
            .options("inputData", "[{\"tenant\":\"Zürich & co+1/2=50%?\"}]")
            .feed("Zürich & co+1/2=50%?")
            .life(1, 2, 3, 4, 5, 6));
  }

  private static Responder underItsName(Responder log) {
    return request -> {
      String name = "\"%s\":".formatted(request.param("tenant"));
      return new Wording().tells(b -> b.replace("\"records\":", name)).of(log).answer(request);
    };
  }

  private static ScenarioBuilder tenants(String name, Endpoint endpoint, String url) {
    return maxField(name, endpoint.feedNamedBy("tenant"))
        .options("url", url, "inputData", "[{\"tenant\":\"a\"},{\"tenant\":\"b\"}]")
        .feed("a")
        .at(1, 2, 3)
        .feed("b")
        .at(1)
        .drain()
        .at(2, 3)
        .drain()
        .restart()
        .at(4)
        .feed("a")
        .at(3, 9)
        .drain();
  }

  private static Stream<ScenarioBuilder> wrong() {
    return Stream.of(
        maxField("an error: the response lacks the dataField", log().data("events"))
            .options("dataField", "items")
            .at(1)
            .drain()
            .expectFailure("events"),
        maxField("an error: the records lack the offset field", log().data("data"))
            .options("url", "{base}/log?since={updated_at}", "offsetField", "updated_at")
            .at(1)
            .drain()
            .expectFailure("updated_at"));
  }

  private static ScenarioBuilder maxField(String name, Endpoint endpoint) {
    return named(name)
        .serve(endpoint)
        .options("url", "{base}/log?since={ts}", "offsetType", "max_field", "offsetField", "ts");
  }

  private static Endpoint log() {
    return log("ts");
  }

  private static Endpoint log(String field) {
    return Endpoint.at("/log").since("since", field);
  }
}
