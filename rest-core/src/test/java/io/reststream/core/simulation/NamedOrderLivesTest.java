package io.reststream.core.simulation;

import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Lives of feeds whose records seem to have an order, or are said to have one. */
@Timeout(300)
class NamedOrderLivesTest {

  private static final Map<String, String> NO_ORDER =
      Map.of("order", "none", "acceptChanges", "order");

  @TestFactory
  Stream<DynamicTest> livesOfOrdersThatAreContradicted() {
    return NamedLivesTest.each(
        NamedLife.of(
                "an order that 16 records showed and a later page does not have",
                () -> new ScriptedApi().limit(16).publish(upTo(16)).publish(20, 5))
            .paged()
            .goingOnAfter(
                "has a record with '5' in the field 'at' after one with '20', but the option 'order' was taken for 'ascending' after 16 records; set it to 'none' if they have none",
                NO_ORDER),
        NamedLife.of(
                "the same, whose page tokens do not outlive a crash",
                () -> new ScriptedApi().forgetful().limit(16).publish(upTo(32)).publish(5))
            .paged()
            .goingOnAfter("was taken for 'ascending' after", NO_ORDER),
        NamedLife.of(
                "an order that more records showed than are kept for as long as it is doubted",
                () -> new ScriptedApi().limit(500).publish(upTo(2_500)).publish(5))
            .paged()
            .failing(
                "was taken for 'ascending' after 2500 records; set it to 'none' if they have none (this cycle no longer knows its first records, which may come again)"),
        NamedLife.of(
                "the same, but said to have no order",
                () -> new ScriptedApi().limit(16).publish(upTo(16)).publish(20, 5),
                "order",
                "none")
            .paged(),
        NamedLife.of(
                "a feed that is said to ascend and does not",
                () -> new ScriptedApi().limit(2).publish(1, 3, 2),
                "order",
                "ascending")
            .paged()
            .failing(
                "has a record with '2' in the field 'at' after one with '3', but the option 'order' is declared as 'ascending'"),
        NamedLife.of(
                "a feed that is said to descend and does not",
                () -> new ScriptedApi().limit(2).publish(5, 2, 3),
                "order",
                "descending")
            .paged()
            .failing(
                "has a record with '3' in the field 'at' after one with '2', but the option 'order' is declared as 'descending'"));
  }

  @TestFactory
  Stream<DynamicTest> livesOfOrdersThatOnlySeemToBe() {
    return NamedLivesTest.each(
        NamedLife.of(
                "a first page that shares one value, newest first",
                () ->
                    new ScriptedApi()
                        .newestFirst()
                        .limit(16)
                        .publish(1, 2, 3)
                        .publish(sharing(5, 20))
                        .after(1, now -> now.publish(6))
                        .after(4, now -> now.publish(6, 7)))
            .paged(),
        NamedLife.of(
                "fifteen records that ascend by chance, in a feed without an order",
                () -> new ScriptedApi().limit(15).publish(upTo(15)).publish(20, 5, 18))
            .paged());
  }

  private static long[] upTo(int last) {
    return LongStream.rangeClosed(1, last).toArray();
  }

  private static long[] sharing(long place, int records) {
    return LongStream.generate(() -> place).limit(records).toArray();
  }
}
