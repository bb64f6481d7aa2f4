package io.reststream.core.simulation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Lives with a lookback, under both engines, with a crash at each step in turn. */
@Timeout(300)
class NamedLateLivesTest {

  @TestFactory
  Stream<DynamicTest> livesOfALookbackWiderThanAPage() {
    return NamedLivesTest.each(
        NamedLife.of(
            "a lookback wider than a page, without pages",
            () -> wide().limit(3),
            "lookback",
            "6",
            "pageSize",
            "3"),
        NamedLife.of(
            "a lookback wider than a page, without pages, their size not told",
            () -> wide().limit(3),
            "lookback",
            "6"),
        NamedLife.of(
            "a lookback wider than a page, without pages, exclusive",
            () -> wide().exclusive().limit(3),
            "lookback",
            "6",
            "pageSize",
            "3",
            "offsetBoundary",
            "exclusive"),
        NamedLife.of(
                "a lookback wider than a page, with pages",
                () -> wide().limit(2),
                "lookback",
                "6",
                "order",
                "ascending")
            .paged(),
        NamedLife.of(
                "a lookback with a tie group as large as a page",
                () -> new ScriptedApi().oldestFirst().limit(3).publish(1, 2, 2, 2, 3),
                "lookback",
                "6",
                "pageSize",
                "3")
            .failing("all 3 records of a full page share '2'"));
  }

  private static ScriptedApi wide() {
    return new ScriptedApi()
        .oldestFirst()
        .publish(1, 2, 3, 4, 5, 6, 7, 8)
        .after(5, now -> now.publish(5, 9))
        .after(8, now -> now.publish(6));
  }

  @TestFactory
  Stream<DynamicTest> livesOfLateRecords() {
    return NamedLivesTest.each(
        NamedLife.of(
            "an update within the lookback",
            () ->
                new ScriptedApi()
                    .oldestFirst()
                    .publish(5, 6, 7)
                    .after(1, now -> now.update(1, 8))
                    .after(2, now -> now.update(2, 9)),
            "lookback",
            "5",
            "keyField",
            "id"),
        NamedLife.of(
            "two byte-equal records within the lookback, and later a third",
            () ->
                new ScriptedApi()
                    .oldestFirst()
                    .publish(5)
                    .repeatLast()
                    .after(1, now -> now.repeatLast().publish(9)),
            "lookback",
            "5"),
        NamedLife.of(
            "an id gap filled late, with lookback",
            () ->
                new ScriptedApi()
                    .oldestFirst()
                    .publish(1, 2, 4)
                    .after(1, now -> now.publish(3, 5))
                    .after(2, now -> now.publish(7))
                    .after(3, now -> now.publish(6)),
            "offsetType",
            "incremental",
            "lookback",
            "5"));
  }
}
