package io.reststream.spark.decode;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.spark.LocalSpark;
import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.NearlyJsonOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/** Typed rows are what Spark itself reads from the same documents. */
@Timeout(600)
class SameAsSparkIT {
  private static final int SCHEMAS = 42;
  private static final int DOCUMENTS = 200;
  private static final String CORRUPT = "_corrupt_record";

  private static final List<Map<String, String>> OPTIONS =
      List.of(
          Map.of(),
          Map.of("timeZone", "Europe/Paris"),
          Map.of("dateFormat", "dd.MM.yyyy", "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX]"),
          Map.of("allowNonNumericNumbers", "false", "locale", "de-DE"),
          Map.of("enableDateTimeParsingFallback", "true", "timestampNTZFormat", "yyyy-MM-dd HH:mm"),
          Map.of("columnNameOfCorruptRecord", "f0_bad"));

  private static final String POLICY = "spark.sql.legacy.timeParserPolicy";

  /** Spark 4's: whether text that is no JSON string is cut out of the bytes, as it came. */
  private static final String EXACT_TEXT = "spark.sql.json.enableExactStringParsing";

  private final FakeApi api = FakeApi.start();

  /** By default a time that Spark 2 read otherwise stops a query, in Spark's reads and in ours. */
  @BeforeEach
  void takeTimesAsTheyAre() {
    LocalSpark.session().conf().set(POLICY, "CORRECTED");
  }

  @AfterEach
  void close() {
    LocalSpark.session().conf().unset(POLICY);
    LocalSpark.session().conf().unset(EXACT_TEXT);
    api.close();
  }

  private Dataset<Row> rest(List<String> documents, StructType schema, Map<String, String> json) {
    Answer answer = Answer.json("{\"data\":[" + String.join(",", documents) + "]}");
    api.serve("/all", request -> answer);
    Map<String, String> options = new HashMap<>(json);
    options.put("url", api.url("/all"));
    return LocalSpark.session().read().format("rest").schema(schema).options(options).load();
  }

  private static Dataset<String> strings(List<String> documents) {
    return LocalSpark.session().createDataset(documents, Encoders.STRING());
  }

  /** Spark's own from_json has no bytes to cut text out of. */
  @Test
  void asFromJson() {
    LocalSpark.session().conf().set(EXACT_TEXT, false);
    int compared = 0;
    int malformed = 0;
    for (int seed = 0; seed < SCHEMAS; seed++) {
      Documents drawn = new Documents(seed);
      Map<String, String> options = OPTIONS.get(seed % OPTIONS.size());
      String corrupt = options.getOrDefault("columnNameOfCorruptRecord", CORRUPT);
      StructType schema = drawn.schema().add(corrupt, DataTypes.StringType);
      List<String> documents = drawn.documents(schema, DOCUMENTS);

      List<String> rows = shown(rest(documents, schema, options));

      assertThat(rows)
          .as("schema %s, options %s", schema.toDDL(), options)
          .isEqualTo(
              shown(
                  strings(documents)
                      .select(from_json(col("value"), schema, options).alias("record"))
                      .select("record.*")));
      compared += rows.size();
      malformed += (int) rest(documents, schema, options).filter(col(corrupt).isNotNull()).count();
    }
    assertThat(compared).isEqualTo(SCHEMAS * DOCUMENTS);
    assertThat(malformed).isBetween(compared / 10, compared * 9 / 10);
  }

  /** NaN as text and as bytes is not what Spark makes of it; see NearlyJsonIT. */
  @Test
  void asFromJsonWhereRecordsAreNearlyJson() {
    LocalSpark.session().conf().set(EXACT_TEXT, false);
    int read = 0;
    for (int seed = 0; seed < SCHEMAS / 3; seed++) {
      Documents drawn = new Documents(4000 + seed);
      StructType schema = drawn.schema();
      boolean nonNumbers = seed % 3 > 0;
      while (nonNumbers && schema.toDDL().matches(".*(STRING|BINARY).*")) {
        schema = drawn.schema();
      }
      NearlyJson nearly = new NearlyJson(seed, nonNumbers);
      List<String> documents = drawn.documents(schema, DOCUMENTS).stream().map(nearly::of).toList();

      List<String> rows = shown(rest(documents, schema, NearlyJsonOptions.ALL));

      assertThat(rows)
          .as("schema %s", schema.toDDL())
          .isEqualTo(
              shown(
                  strings(documents)
                      .select(
                          from_json(col("value"), schema, NearlyJsonOptions.ALL).alias("record"))
                      .select("record.*")));
      read += (int) rows.stream().filter(row -> row.matches(".*[DF][a-z]+:(NaN|-?Inf).*")).count();
    }
    assertThat(read).isGreaterThan(100);
  }

  @Test
  void asJsonFilesWhereMalformedRecordsAreDropped(@TempDir Path directory) throws Exception {
    int dropped = 0;
    for (int seed = 0; seed < SCHEMAS / 3; seed++) {
      Documents drawn = new Documents(1000 + seed);
      StructType schema = drawn.schema();
      while (schema.toDDL().contains("INTERVAL")) {
        // Spark's files have none.
        schema = drawn.schema();
      }
      List<String> documents = drawn.documents(schema, DOCUMENTS);
      Path file = Files.write(directory.resolve(seed + ".json"), documents);
      Map<String, String> options = Map.of("mode", "DROPMALFORMED");

      Dataset<Row> rest = rest(documents, schema, options);
      List<String> rows = shown(rest);

      assertThat(rows)
          .isEqualTo(
              shown(
                  LocalSpark.session()
                      .read()
                      .schema(schema)
                      .options(options)
                      .json(file.toString())));
      assertThat(rest.count()).isEqualTo(rows.size());
      assertThat(shown(rest.select("f1"))).hasSameSizeAs(rows);
      dropped += documents.size() - rows.size();
    }
    assertThat(dropped).isPositive();
  }

  @Test
  void asFromJsonWhereAMalformedRecordFails() {
    Map<String, String> options = Map.of("mode", "FAILFAST");
    int failed = 0;
    for (int seed = 0; seed < 12; seed++) {
      Documents drawn = new Documents(2000 + seed);
      StructType schema = drawn.schema();
      for (String document : drawn.documents(schema, 5)) {
        Throwable ours =
            catchThrowable(() -> rest(List.of(document), schema, options).collectAsList());
        Throwable sparks =
            catchThrowable(
                () ->
                    strings(List.of(document))
                        .select(from_json(col("value"), schema, options))
                        .collectAsList());
        assertThat(ours == null).as("%s in %s", document, schema.toDDL()).isEqualTo(sparks == null);
        if (ours != null) {
          assertThat(ours).hasStackTraceContaining("MALFORMED_RECORD_IN_PARSING");
          failed++;
        }
      }
    }
    assertThat(failed).isBetween(5, 55);
  }

  @Test
  void anyColumnsAloneAreWhatTheyAreBesideTheOthers() {
    for (int seed = 0; seed < SCHEMAS / 6; seed++) {
      Documents drawn = new Documents(3000 + seed);
      StructType schema = drawn.schema();
      while (schema.toDDL().contains("VOID")) {
        // Beside an object in such a column Spark loses the record's other fields.
        schema = drawn.schema();
      }
      Dataset<Row> rest = rest(drawn.documents(schema, DOCUMENTS), schema, Map.of());
      List<Row> all = rest.collectAsList();
      Random random = new Random(seed);
      int one = random.nextInt(schema.fields().length);
      int other = random.nextInt(schema.fields().length);

      List<Row> some = rest.select("f" + one, "f" + other).collectAsList();

      assertThat(rest.count()).isEqualTo(all.size());
      for (int i = 0; i < all.size(); i++) {
        assertThat(shown(some.get(i).get(0))).isEqualTo(shown(all.get(i).get(one)));
        assertThat(shown(some.get(i).get(1))).isEqualTo(shown(all.get(i).get(other)));
      }
    }
  }

  private static List<String> shown(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(SameAsSparkIT::shown).toList();
  }

  /** A value with its types, so that 1 and 1.0 differ, and equal arrays do not. */
  private static String shown(Object value) {
    if (value == null) {
      return "null";
    }
    List<String> parts = new ArrayList<>();
    if (value instanceof Row row) {
      for (int i = 0; i < row.size(); i++) {
        parts.add(shown(row.get(i)));
      }
      return "row" + parts;
    }
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    if (value instanceof scala.collection.Seq<?> seq) {
      JavaConverters.seqAsJavaList(seq).forEach(one -> parts.add(shown(one)));
      return "array" + parts;
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      JavaConverters.mapAsJavaMap(map)
          .forEach((key, one) -> parts.add(shown(key) + "=" + shown(one)));
      parts.sort(null);
      return "map" + parts;
    }
    return value.getClass().getSimpleName() + ":" + value;
  }
}
