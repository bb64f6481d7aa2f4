package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Metadata columns in what SQL creates, which knows those alone that the options name. */
@Timeout(300)
class SqlMetadataIT {
  @Test
  void viewsAndTablesHaveTheMetadataColumnsThatTheirOptionsName() {
    try (FakeApi api = FakeApi.start()) {
      api.serve("/items", request -> Answer.json("[{\"n\":1}]"));
      for (String calls : List.of("", ", partitions '1'", ", onError 'null'")) {
        String options =
            "url '%s', inputData '[{\"id\":7}]'%s".formatted(api.url("/items{?id}"), calls);
        String told = options + ", metadataColumns '_rest_url,_rest_status'";
        // Spark 4 wants all columns of a table, if it is given any.
        String columns = "(id BIGINT, n BIGINT" + (calls.contains("null") ? ", error STRING" : "");
        String toldColumns = columns + ", _rest_url STRING, _rest_status INT)";

        for (String declared : List.of("", "(n BIGINT)", toldColumns)) {
          create("TEMPORARY VIEW", declared, told, () -> assertTold(api.url("/items?id=7")));
        }
        create("TABLE", "", told, () -> assertTold(api.url("/items?id=7")));
        create("TABLE", toldColumns, told, () -> assertTold(api.url("/items?id=7")));

        create("TEMPORARY VIEW", "(n BIGINT)", options, SqlMetadataIT::assertUnresolved);
        create(
            "TABLE",
            columns + ")",
            options,
            LocalSpark.session().version().startsWith("3.")
                ? SqlMetadataIT::assertUnresolved
                : () -> assertTold(api.url("/items?id=7")));
      }
    }
  }

  private static void assertTold(String url) {
    assertThat(
            LocalSpark.session()
                .sql("SELECT _rest_url, id, _rest_status FROM told")
                .collectAsList())
        .containsExactly(RowFactory.create(url, 7L, 200));
  }

  private static void assertUnresolved() {
    assertThatThrownBy(() -> LocalSpark.session().sql("SELECT _rest_url FROM told"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("UNRESOLVED_COLUMN")
        .hasMessageContaining("`_rest_url`");
  }

  private static void create(String kind, String columns, String options, Runnable then) {
    SparkSession spark = LocalSpark.session();
    spark.sql("CREATE " + kind + " told " + columns + " USING rest OPTIONS (" + options + ")");
    try {
      then.run();
    } finally {
      spark.sql(kind.equals("TABLE") ? "DROP TABLE told" : "DROP VIEW told");
    }
  }
}
