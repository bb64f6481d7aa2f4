package io.reststream.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DemoIT {
  private static final int FEW_ORDERS = 15;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void showsThatBothEnginesDeliverEachOrderOnce() throws Exception {
    int exitCode = demo(FEW_ORDERS).run(List.of());

    assertThat(said.toString(UTF_8))
        .contains("streamingInterval 500ms", "-- spark: the API answers 429, Retry-After: 1")
        .containsPattern("spark +\\d+ +\\{\"id\":\\d+,\"timestamp\":\\d+,\"item\"")
        .containsPattern("spark +records \\d+, polls \\d+, duplicates 0, missing 0\n")
        .containsPattern("flink +records \\d+, polls \\d+, duplicates 0, missing 0\n")
        .endsWith("Every order arrived once.\n");
    assertThat(exitCode).isZero();
  }

  @Test
  void refusesAnEngineThatIsNotThere() throws Exception {
    int exitCode = demo(FEW_ORDERS).run(List.of("storm"));

    assertThat(said.toString(UTF_8)).isEqualTo("Usage: ./demo [spark|flink], but was: storm\n");
    assertThat(exitCode).isEqualTo(1);
  }

  private Demo demo(int ordersPerChapter) {
    return new Demo(new PrintStream(said, true, UTF_8), ordersPerChapter);
  }
}
