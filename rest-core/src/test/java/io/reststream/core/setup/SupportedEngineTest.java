package io.reststream.core.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.RestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportedEngineTest {
  private final SupportedEngine spark = new SupportedEngine("Spark", 3, 5, "3.5 and 4.0 to 4.2");
  private final SupportedEngine flink = new SupportedEngine("Flink", 1, 20, "1.20 and 2.0 to 2.3");

  @Test
  void anOlderOneIsNamedWithThoseThatAreSupported() {
    assertThat(spark.refusal("3.4.4"))
        .hasValue("Spark 3.4.4 is too old. Supported are Spark 3.5 and 4.0 to 4.2.");
    assertThat(flink.refusal("1.19.3"))
        .hasValue("Flink 1.19.3 is too old. Supported are Flink 1.20 and 2.0 to 2.3.");
    assertThatThrownBy(() -> Setup.check(flink, "1.19.3"))
        .isInstanceOf(RestException.class)
        .hasMessage("Flink 1.19.3 is too old. Supported are Flink 1.20 and 2.0 to 2.3.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.4.4", "3.4", "2.4.8", "3.4.1-amzn-0", "3.3.2.3.3.7191000.1-1"})
  void whateverAVendorAddsOlderIsOlder(String version) {
    assertThat(spark.refusal(version)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.9.3", "1.2", "1.19-SNAPSHOT", "0.99.0"})
  void numbersAreComparedAsNumbers(String version) {
    assertThat(flink.refusal(version)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"3.5.0", "3.5", "3.5.9-amzn-0", "3.10.1", "4.0.0", "4.3.0-SNAPSHOT", "10.0"})
  void theOldestAndAllThatAreNewerMayRun(String version) {
    assertThat(spark.refusal(version)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<unknown>", "main", "3", "-1.2"})
  void oneThatDoesNotSayItsVersionMayRun(String version) {
    assertThat(spark.refusal(version)).isEmpty();
  }
}
