package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.RestException;
import io.reststream.spark.call.CallOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  @Test
  void otherInputsAreWhatTheQueryWants() {
    assertThatCode(
            () ->
                QueryOptions.checkAdded(CallOptions.INPUT, TABLE, Map.of("INPUT", "other_orders")))
        .doesNotThrowAnyException();
  }
}
