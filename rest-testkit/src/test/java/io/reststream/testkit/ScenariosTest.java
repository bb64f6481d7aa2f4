package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ScenariosTest {

  @TestFactory
  Stream<DynamicTest> everyRowFitsTogether() {
    return Scenarios.all().stream()
        .filter(row -> !needsCredentials(row)) // this reader has none
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name(), () -> Scenarios.run(row, new RereadingRunner())));
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
}
