package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ScenariosTest {
  private static final Set<String> OF_THE_CORE =
      Set.of(
          "allowedHosts",
          "endWhen",
          "hasMoreField",
          "lookback",
          "maxResponseBytes",
          "offsetFormat",
          "offsetGranularity",
          "offsetSendFormat",
          "pageSize",
          "recipe");

  private static final List<String> JUDGED_BY_THE_CORE =
      List.of(
          "several values",
          "nearly JSON",
          "an error: nearly JSON",
          "an id gap",
          "an error: a circle of two tokens",
          "an error: nesting over its limit",
          "an error: a number over its limit",
          "an error: an offset over its limit",
          "an error: numbers and dates mixed");

  @TestFactory
  Stream<DynamicTest> everyRowFitsTogether() {
    return Scenarios.all().stream()
        .filter(ScenariosTest::isForASimpleReader)
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name(), () -> Scenarios.run(row, new RereadingRunner())));
  }

  /** Recipes, counting, late records and links in odd places are what the core is for. */
  private static boolean isForASimpleReader(Scenario row) {
    Map<String, String> options = row.options();
    return !needsCredentials(row)
        && List.of("none", "nextUrl", "cursor").contains(options.getOrDefault("pagination", "none"))
        && options.keySet().stream().noneMatch(OF_THE_CORE::contains)
        && JUDGED_BY_THE_CORE.stream().noneMatch(row.name()::startsWith)
        && !options.getOrDefault("nextField", "").matches(".*[\\[@].*")
        && !options.getOrDefault("offsetField", "").startsWith("link:");
  }

  private static boolean needsCredentials(Scenario row) {
    return row.options().containsKey("authType") || row.options().containsKey("cookie");
  }

  @Test
  void everyRowHasANameOfItsOwn() {
    assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
    assertThat(Scenarios.named("incremental: a bare array").options())
        .containsEntry("url", "{base}/items?start_id={id}");
  }

  @Test
  void theSmokeRowsHaveEachOffsetTypeAndAFault() {
    assertThat(Scenarios.smoke())
        .extracting(row -> row.options().get("offsetType"))
        .contains("timestamp", "cursor", "incremental", "max_field");
    assertThat(Scenarios.smoke())
        .anyMatch(row -> row.name().startsWith("fault: "))
        .hasSizeLessThan(10);
  }
}
