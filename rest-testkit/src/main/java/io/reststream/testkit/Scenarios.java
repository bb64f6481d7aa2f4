package io.reststream.testkit;

import java.util.List;
import java.util.stream.Stream;

/**
 * The table of scenarios: the specification that the core and both engines meet.
 *
 * <pre>{@code
 * Scenarios.all().stream()
 *     .map(row -> DynamicTest.dynamicTest(row.name(), () -> Scenarios.run(row, new CoreRunner())));
 * }</pre>
 */
public final class Scenarios {

  private static final List<Scenario> ALL =
      Stream.of(
              OffsetScenarios.rows(),
              BoundaryScenarios.rows(),
              LateScenarios.rows(),
              FormatScenarios.rows(),
              PagingScenarios.rows(),
              CountedPageScenarios.rows(),
              LastRecordScenarios.rows(),
              LinkScenarios.rows(),
              EndRuleScenarios.rows(),
              WindowScenarios.rows(),
              ShapeScenarios.rows(),
              NearlyJsonScenarios.rows(),
              RequestScenarios.rows(),
              RecipeScenarios.rows(),
              ApiScenarios.rows(),
              SearchApiScenarios.rows(),
              IdleScenarios.rows(),
              ConditionalScenarios.rows(),
              FaultScenarios.rows(),
              RefusalScenarios.rows(),
              AuthScenarios.rows())
          .flatMap(List::stream)
          .map(ScenarioBuilder::build)
          .toList();

  /** A row for each offset type, several inputs and a fault. */
  private static final List<Scenario> SMOKE =
      Stream.of(
              "timestamp: the response tells it",
              "cursor: not sent until there is one",
              "incremental: ids beyond 2^53",
              "max_field: ISO-8601 text from an initial offset",
              "several inputs, in the query",
              "fault: 408, 425 and 429")
          .map(Scenarios::named)
          .toList();

  private Scenarios() {}

  /** Every row of the table. */
  public static List<Scenario> all() {
    return ALL;
  }

  /** A few rows, for where all would take too long. */
  public static List<Scenario> smoke() {
    return SMOKE;
  }

  /**
   * The rows whose names hold one of the texts in the system property {@code scenarios}, separated
   * by {@code |}. Without one all rows, or where the build runs only the tests tagged {@code smoke}
   * and perhaps some other tag, those of {@link #smoke}.
   */
  public static List<Scenario> chosen() {
    String wanted = System.getProperty("scenarios", "");
    if (wanted.isEmpty() && System.getProperty("reststream.groups", "").startsWith("smoke")) {
      return SMOKE;
    }
    List<String> texts = List.of(wanted.split("\\|"));
    List<Scenario> rows =
        ALL.stream().filter(row -> texts.stream().anyMatch(row.name()::contains)).toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("No scenario's name holds any of " + texts);
    }
    return rows;
  }

  /**
   * The row of this name.
   *
   * @throws IllegalArgumentException if the table has none
   */
  public static Scenario named(String name) {
    return ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No scenario is named '" + name + "'"));
  }

  /** Runs one scenario; see {@link Scenario#run}. */
  public static void run(Scenario scenario, ScenarioRunner runner) {
    scenario.run(runner);
  }
}
