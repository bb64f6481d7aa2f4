package io.reststream.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are made to exhaust whoever reads them. */
class LimitsTest {
  private static final int MANY = 10_000_000;

  private static RecordScanner scanner() {
    return new RecordScanner(
        null,
        FieldPath.parse("id"),
        FieldPath.parse("latest"),
        PageFields.of(FieldPath.parse("next")),
        List.of());
  }

  private static void assertRefused(String json, String message) {
    for (RecordScanner scanner : List.of(scanner(), RecordScanner.ofLines(FieldPath.parse("id")))) {
      assertThatThrownBy(() -> scanner.scan(json.getBytes(UTF_8), false))
          .isInstanceOf(ContradictionException.class)
          .hasMessage(message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"id\":"})
  void nestingHasALimit(String deeper) {
    assertRefused(
        deeper.repeat(1_000_000),
        "is beyond a limit: Depth (1001) exceeds the maximum allowed nesting depth (1000)");
  }

  @Test
  void numberHasALimit() {
    assertRefused(
        "[" + "1".repeat(MANY) + "]",
        "is beyond a limit: Number length (%d) exceeds the maximum length (1000)".formatted(MANY));
  }

  @Test
  void offsetHasALimit() {
    String huge = "x".repeat(70_000);
    assertThatThrownBy(() -> scanner().scan(("[{\"id\":\"" + huge + "\"}]").getBytes(UTF_8), false))
        .isInstanceOf(ContradictionException.class)
        .hasMessage(
            "has 70000 characters in an offset, more than the 65536 that a position can hold");
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "next"})
  void ownValueOfTheResponseHasALimit(String field) throws ShapeException {
    String purpose = field.equals("next") ? "next page" : "offset";
    String json = "{\"data\":[],\"" + field + "\":\"" + "x".repeat(70_000) + "\"}";
    assertThatThrownBy(() -> scanner().scan(json.getBytes(UTF_8), false))
        .isInstanceOf(ContradictionException.class)
        .hasMessage(
            "has 70000 characters in its own field for the %s, more than the 65536 that a position can hold"
                .formatted(purpose));
    String fits = "{\"data\":[],\"" + field + "\":\"" + "x".repeat(65_536) + "\"}";
    assertThat(scanner().scan(fits.getBytes(UTF_8), false).size()).isZero();
  }

  @Test
  void hugeTextInARecordTakesNoMemoryOfItsOwn() throws ShapeException {
    byte[] body = ("[{\"id\":1,\"t\":\"" + "x".repeat(MANY) + "\"}]").getBytes(UTF_8);
    assertThat(allocatedBy(body)).isLessThan(1 << 20);
  }

  @Test
  void hugeNameTakesNoMoreThanAFewTimesItsSize() throws ShapeException {
    byte[] body = ("[{\"" + "n".repeat(MANY) + "\":1,\"id\":1}]").getBytes(UTF_8);
    assertThat(allocatedBy(body)).isLessThan(20L * MANY);
  }

  /** What a scan allocates, without what only the first ones do. */
  private static long allocatedBy(byte[] body) throws ShapeException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    RecordScanner scanner = scanner();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThat(scanner.scan(body, false).size()).isEqualTo(1);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
