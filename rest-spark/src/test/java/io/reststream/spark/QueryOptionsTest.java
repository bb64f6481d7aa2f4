package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.RestException;
import io.reststream.spark.call.CallOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryOptionsTest {
  private static final Map<String, String> TABLE = Map.of("INPUT", "orders");

  @Test
  void aQueryIsNotBlamedForColumnsThatChanged() {
    Map<String, String> all = Map.of("INPUT", "orders", "onError", "skip");

    assertThatThrownBy(() -> QueryOptions.checkAdded(CallOptions.INPUT, TABLE, all))
        .isInstanceOf(RestException.class)
        .hasMessage(
            "The columns of option 'input'='orders' have changed since the table was opened. Open"
                + " it anew: with REFRESH TABLE, or by another read.");
  }

  /** Also where they differ behind what a message shows of them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 200})
  void otherInputsAreWhatTheQueryWants(int length) {
    String same = "o".repeat(length);
    assertThatCode(
            () ->
                QueryOptions.checkAdded(
                    CallOptions.INPUT,
                    Map.of("INPUT", same + "a"),
                    Map.of("INPUT", same + "b", "onError", "skip")))
        .doesNotThrowAnyException();
  }
}
