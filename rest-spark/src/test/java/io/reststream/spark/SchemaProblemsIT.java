package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.RestException;
import io.reststream.core.config.ConfigException;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SchemaProblemsIT {
  private final FakeApi api = FakeApi.start();
  private final Map<String, String> options = new HashMap<>();

  SchemaProblemsIT() {
    options.put("url", api.url("/all"));
    options.put("maxRetries", "0");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Dataset<Row> read(String schema) {
    return LocalSpark.session().read().format("rest").schema(schema).options(options).load();
  }

  private void serve(String body) {
    api.serve("/all", request -> Answer.json(body));
  }

  @Test
  void optionsForJsonNeedASchema() {
    options.put("mode", "FAILFAST");
    options.put("dateFormat", "yyyy");

    assertThatThrownBy(() -> LocalSpark.batch(options))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "2 problems in the options:\n"
                + "  - Option 'dateFormat' must be left out where there is no schema, such as"
                + " .schema(...) or 'inferSchema' gives, but was 'yyyy'.\n"
                + "  - Option 'mode' must be left out where there is no schema, such as"
                + " .schema(...) or 'inferSchema' gives, but was 'FAILFAST'.");
  }

  @Test
  void unknownOptionsAreStillRefusedAndNamed() {
    options.put("timestampFormt", "yyyy");
    options.put("mode", "LENIENT");
    options.put("timeZone", "Mars");
    options.put("allowComments", "yes");
    options.put("metadataColumns", "_rest_urls");

    assertThatThrownBy(() -> read("id INT"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "5 problems in the options:\n"
                + "  - Option 'allowComments' must be 'true' or 'false', but was 'yes'.\n"
                + "  - Option 'metadataColumns' must be 'all', 'none', or some of _rest_url,"
                + " _rest_status, _rest_fetched_at, _rest_page, _rest_offset, _rest_input, but was"
                + " '_rest_urls'.\n"
                + "  - Option 'mode' must be one of 'PERMISSIVE', 'DROPMALFORMED', 'FAILFAST', but"
                + " was 'LENIENT'.\n"
                + "  - Option 'timeZone' must be a time zone such as 'UTC', '+02:00' or"
                + " 'Europe/Paris', but was 'Mars'.\n"
                + "  - Option 'timestampFormt' is not known. Did you mean 'timestampFormat'?");
  }

  @Test
  void aFormatThatIsNoneIsRefused() {
    for (String key : List.of("dateFormat", "timestampFormat", "timestampNTZFormat")) {
      options.put(key, "yyyy-bb");
      assertThatThrownBy(() -> read("id INT, d DATE, t TIMESTAMP, n TIMESTAMP_NTZ"))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "Option '%s' must be a pattern such as 'yyyy-MM-dd HH:mm:ss', but was 'yyyy-bb'."
                  .formatted(key));
      options.remove(key);
    }
  }

  @Test
  void aRecordThatTheSchemaCannotHoldIsWhatTheModeSays() {
    serve("[{\"id\":1},{\"id\":\"x\",\"n\":2},5,{\"id\":3}]");

    assertThat(read("id INT, n INT, _corrupt_record STRING").collectAsList())
        .containsExactly(
            RowFactory.create(1, null, null),
            RowFactory.create(null, 2, "{\"id\":\"x\",\"n\":2}"),
            RowFactory.create(null, null, "5"),
            RowFactory.create(3, null, null));
    options.put("mode", "dropMalformed");
    assertThat(read("id INT, n INT").collectAsList())
        .containsExactly(RowFactory.create(1, null), RowFactory.create(3, null));
    assertThat(read("id INT, n INT").select("n").count()).isEqualTo(2);
    options.put("mode", "failFast");
    assertThat(catchThrowable(() -> read("id INT, n INT").select("n").collectAsList()))
        .hasStackTraceContaining("[MALFORMED_RECORD_IN_PARSING")
        .hasStackTraceContaining("Malformed records are detected in record parsing: [null,2].");
  }

  @Test
  void schemasThatJsonCannotFillAreRefused() {
    assertThatThrownBy(() -> read("a INT, m MAP<INT, STRING>"))
        .isInstanceOf(RestException.class)
        .hasMessage(
            "The schema's column 'm' must not hold map<int,string>: the names of a JSON object are"
                + " text, so a map's keys must be of type string.");
    assertThatThrownBy(() -> read("a STRUCT<b: ARRAY<MAP<DATE, INT>>>"))
        .hasMessageStartingWith("The schema's column 'a.b' must not hold map<date,int>");
    assertThatThrownBy(() -> read("a INT, A INT"))
        .hasMessage("The schema has the column 'A' twice; Spark's columns ignore case.");
    assertThatThrownBy(() -> read("a INT, _corrupt_record INT"))
        .hasMessage(
            "The schema's column '_corrupt_record' is for records that it cannot hold and must be of"
                + " type string, but was int.");
  }

  @Test
  void aColumnOfTheSchemaThatIsNamedLikeAnotherColumnIsRefused() {
    options.put("url", api.url("/{tenant}"));
    options.put("inputData", "[{\"tenant\":\"a\"}]");

    assertThatThrownBy(() -> read("id INT, Tenant STRING"))
        .isInstanceOf(RestException.class)
        .hasMessage(
            "The schema's column 'Tenant' has the name of a column of 'inputData', and Spark's"
                + " columns ignore case. Rename one of them, or leave the inputs out with"
                + " 'includeInputsInOutput'='false'.");
    assertThatThrownBy(() -> read("id INT, _REST_url STRING"))
        .hasMessage(
            "The schema must not have a column '_REST_url': it is the name of a metadata column.");
    options.put("inputData", "[{\"tenant\":\"a\",\"_rest_page\":1}]");
    assertThatThrownBy(() -> LocalSpark.batch(options))
        .hasMessage(
            "Option 'inputData' must not have a column '_rest_page': it is the name of a metadata"
                + " column.");
  }

  @Test
  void aSampleOfAnEmptyApiIsAnError() {
    serve("[]");
    options.put("inferSchema", "true");

    assertThatThrownBy(() -> LocalSpark.stream(options))
        .isInstanceOf(RestException.class)
        .hasMessage(
            "Option 'inferSchema' asked %s for a sample, but 1 pages held no record. Give the"
                    .formatted(api.url("/all"))
                + " columns with .schema(...), or leave 'inferSchema' out.");
  }

  @Test
  void aSampleOfAFailingApiIsAnErrorWithItsCause() {
    api.fault(Fault.status(500).body("down"));
    options.put("inferSchema", "true");

    assertThatThrownBy(() -> LocalSpark.batch(options))
        .isInstanceOf(RestException.class)
        .hasMessageStartingWith(
            "Option 'inferSchema' asked %s for a sample, but failed: ".formatted(api.url("/all")))
        .hasMessageContaining("was answered with status 500: down")
        .hasMessageEndingWith("Give the columns with .schema(...), or leave 'inferSchema' out.");
  }

  @Test
  void aSampleWithoutColumnsIsAnErrorThatShowsIt() {
    options.put("inferSchema", "true");
    for (String record : List.of("[1,\"x\"]", "7", "{}")) {
      serve("[" + record + "]");

      assertThatThrownBy(() -> LocalSpark.batch(options))
          .hasMessage(
              "Option 'inferSchema' asked %s for a sample, but found no columns in 1 records, of"
                      .formatted(api.url("/all"))
                  + " which the first is "
                  + record
                  + ". Give the columns with .schema(...), or leave 'inferSchema' out.");
    }
  }

  @Test
  void aSampleThatMayNotBeTakenForLongIsAnError() {
    serve("[{\"id\":1}]");
    options.put("inferSchema", "true");
    options.put("maxRetries", "3");
    api.fault(Fault.tooManyRequests("3600"));

    assertThatThrownBy(() -> LocalSpark.batch(options))
        .isInstanceOf(RestException.class)
        .hasMessageMatching(
            "(?s)Option 'inferSchema' asked .* for a sample, but may not ask before .*429.*");
  }
}
