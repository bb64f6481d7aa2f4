package io.reststream.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTableTest {
  private static final Instant BEGAN = Instant.parse("2026-01-01T10:00:00Z");
  private static final Instant LATER = BEGAN.plusSeconds(90);
  private static final String FLINK_2 = "/repo/flink-runtime-2.3.0.jar";
  private static final String SPARK_4 =
      "/repo/spark-sql_2.13-4.2.0.jar:/r/spark-core_2.13-4.2.0.jar";

  @TempDir Path root;
  private Path newerJdk;

  @BeforeEach
  void modules() throws IOException {
    for (String module :
        new String[] {
          "rest-flink/matrix", "rest-flink/matrix/flink-1.19", "rest-flink/matrix/flink-2.3",
          "rest-spark/matrix", "rest-spark/matrix/spark-3.4", "rest-spark/matrix/spark-4.2",
          "rest-flink", "rest-spark"
        }) {
      pom(module, "");
    }
    newerJdk = Files.createDirectory(root.resolve("jdk-25"));
    Files.writeString(newerJdk.resolve("release"), "JAVA_VERSION=\"25\"");
  }

  private void pom(String module, String properties) throws IOException {
    Path directory = Files.createDirectories(root.resolve(module));
    Files.writeString(directory.resolve("pom.xml"), "<project>" + properties + "</project>");
  }

  private void ran(String module, String classPath, int tests, int failures, Instant when)
      throws IOException {
    suite(module + "/target/failsafe-reports", "FeedIT", classPath, "17.0.9", "1.25", when);
    summary(module + "/target/failsafe-reports", tests, failures, "", when);
  }

  private void ranOnNewer(String module, String classPath, int tests) throws IOException {
    suite(module + "/target/failsafe-reports-newer-jdk", "FeedIT", classPath, "25.0.1", "3", LATER);
    summary(module + "/target/failsafe-reports-newer-jdk", tests, 0, "", LATER);
  }

  private void suite(
      String reports, String name, String classPath, String jdk, String time, Instant when)
      throws IOException {
    write(
        reports + "/TEST-" + name + ".xml",
        "<testsuite time='%s'><properties><property name='java.version' value='%s'/>"
                .formatted(time, jdk)
            + "<property name='surefire.test.class.path' value='%s'/></properties></testsuite>"
                .formatted(classPath),
        when);
  }

  private void summary(String reports, int tests, int failures, String trouble, Instant when)
      throws IOException {
    write(
        reports + "/failsafe-summary.xml",
        ("<failsafe-summary timeout='false'><completed>%d</completed><errors>0</errors>"
                + "<failures>%d</failures><skipped>1</skipped><failureMessage>%s</failureMessage>"
                + "</failsafe-summary>")
            .formatted(tests, failures, trouble),
        when);
  }

  private void write(String file, String text, Instant when) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    Files.setLastModifiedTime(path, FileTime.from(when));
  }

  private MatrixTable table() throws IOException {
    return MatrixTable.read(root, BEGAN, newerJdk);
  }

  private String line(String module) throws IOException {
    return table()
        .text()
        .lines()
        .filter(line -> line.startsWith(module + " "))
        .findFirst()
        .orElseThrow()
        .replaceAll(" +", " ");
  }

  @Test
  void eachEngineHasARowWithWhatItsTestsCameTo() throws IOException {
    ran("rest-flink/matrix/flink-2.3", FLINK_2, 207, 0, LATER);
    ranOnNewer("rest-flink/matrix/flink-2.3", FLINK_2, 9);
    ran("rest-spark/matrix/spark-4.2", SPARK_4, 150, 2, LATER);

    assertThat(table().text())
        .startsWith("The jars of this build on each engine. Build begun 2026-01-01T10:00:00Z.\n");
    assertThat(line("module")).isEqualTo("module | engine | JDK 17.0.9 | JDK 25.0.1, smoke tests");
    assertThat(line("flink-2.3"))
        .isEqualTo(
            "flink-2.3 | Flink 2.3.0 | 207 run 0 failed 0 errors 1 skipped 1.3 s"
                + " | 9 run 0 failed 0 errors 1 skipped 3.0 s");
    assertThat(line("spark-4.2"))
        .isEqualTo(
            "spark-4.2 | Spark 4.2.0, Scala 2.13 | 150 run 2 failed 0 errors 1 skipped 1.3 s"
                + " | did not run");
    assertThat(table().bad())
        .containsExactly("flink-1.19", "rest-flink", "spark-3.4", "rest-spark", "spark-4.2");
  }

  @Test
  void whatIsOlderThanTheBuildDoesNotCount() throws IOException {
    ran("rest-flink/matrix/flink-2.3", FLINK_2, 207, 0, BEGAN.minusSeconds(1));

    assertThat(line("flink-2.3")).isEqualTo("flink-2.3 | flink-2.3 | did not run | did not run");
    assertThat(line("module")).contains("| JDK that ran nothing |");
  }

  @Test
  void classesOfAnEarlierBuildAreNotCountedAmongThoseOfThisOne() throws IOException {
    ran("rest-flink/matrix/flink-2.3", FLINK_2, 207, 0, LATER);
    suite(
        "rest-flink/matrix/flink-2.3/target/failsafe-reports",
        "GoneIT",
        FLINK_2,
        "21",
        "500",
        BEGAN.minusSeconds(1));

    assertThat(line("flink-2.3")).contains(" 1.3 s ");
    assertThat(line("module")).contains("| JDK 17.0.9 |");
  }

  @Test
  void aJvmThatDiedIsNotARun() throws IOException {
    String reports = "rest-spark/matrix/spark-4.2/target/failsafe-reports";
    suite(reports, "FeedIT", SPARK_4, "17.0.9", "1", LATER);
    assertThat(line("spark-4.2")).contains("| broken off after 1 classes of tests |");

    summary(reports, 3, 0, "The forked VM terminated\nwithout saying properly goodbye", LATER);
    assertThat(line("spark-4.2")).contains("| broken off: The forked VM terminated |");
    assertThat(table().bad()).contains("spark-4.2");
  }

  @Test
  void noTestIsNotAPass() throws IOException {
    summary("rest-flink/target/failsafe-reports", 0, 0, "", LATER);

    assertThat(line("rest-flink")).contains("| no test was run |");
    assertThat(table().bad()).contains("rest-flink");
  }

  @Test
  void withoutANewerJdkTheColumnSaysSoAndNothingElseIsWrong() throws IOException {
    newerJdk = root.resolve("nowhere");
    ran("rest-flink/matrix/flink-2.3", FLINK_2, 207, 0, LATER);

    assertThat(line("module")).endsWith("| a newer JDK: there is none at '" + newerJdk + "'");
    assertThat(line("flink-2.3")).endsWith("| not run: no such JDK");
    assertThat(table().bad()).doesNotContain("flink-2.3");
  }

  @Test
  void anEngineThatDoesNotRunOnTheNewerJdkSaysWhy() throws IOException {
    pom("rest-spark", "<properties><newerJdk.refused>its Hadoop</newerJdk.refused></properties>");
    ran("rest-spark", "/r/spark-core_2.12-3.5.9.jar", 150, 0, LATER);

    assertThat(line("rest-spark")).contains("| Spark 3.5.9, Scala 2.12 |");
    assertThat(line("rest-spark")).endsWith("| not run: its Hadoop");
    assertThat(table().bad()).doesNotContain("rest-spark");
  }

  @Test
  void theTableIsWrittenAndTheBuildFailsWithTheNamesOfWhatIsNotGood() throws IOException {
    Path file = root.resolve("target/matrix.txt");
    ran("rest-flink/matrix/flink-2.3", FLINK_2, 207, 0, LATER);
    ranOnNewer("rest-flink/matrix/flink-2.3", FLINK_2, 9);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                MatrixTable.main(
                    root.toString(), BEGAN.toString(), newerJdk.toString(), file.toString()))
        .withMessage(
            "Not as it should be: flink-1.19, rest-flink, spark-3.4, rest-spark, spark-4.2");
    assertThat(file).hasContent(table().text());
  }
}
