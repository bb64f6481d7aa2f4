package io.reststream.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Lives that once broke a plausible rule, under both engines, with a crash at each step in turn.
 */
@Timeout(300)
class NamedLivesTest {

  @TestFactory
  Stream<DynamicTest> livesOfTiesAndBoundaries() {
    return each(
        life(
            "a tie appended after its value was read, inclusive",
            () -> api().oldestFirst().publish(1, 2, 2).after(1, now -> now.publish(2, 2))),
        life(
            "a tie appended after its value was read, exclusive",
            () -> api().oldestFirst().exclusive().publish(1, 2, 2).after(1, now -> now.publish(2)),
            "offsetBoundary",
            "exclusive"),
        life(
                "a boundary tie on the last page, newest first",
                () ->
                    api()
                        .newestFirst()
                        .limit(2)
                        .publish(1, 2, 2, 2)
                        .after(2, now -> now.publish(2, 3, 4)),
                "order",
                "descending")
            .paged(),
        life(
                "a boundary tie on the last page, newest first, no order declared",
                () ->
                    api()
                        .newestFirst()
                        .limit(2)
                        .publish(1, 2, 2, 2)
                        .after(2, now -> now.publish(2, 3, 4)))
            .paged(),
        life(
            "the first record exactly at initialOffset",
            () -> api().oldestFirst().publish(5, 5, 6),
            "initialOffset",
            "5"));
  }

  @TestFactory
  Stream<DynamicTest> livesOfFeedsThatChangeWhileTheyAreRead() {
    return each(
        life(
                "an append into the already read part of an unordered feed, in mid-cycle",
                () ->
                    api()
                        .limit(2)
                        .publish(3, 1, 4, 2, 5, 6)
                        .after(2, now -> now.insert(0, 4).insert(1, 5)))
            .paged(),
        life(
                "a server-clock timestamp over a newest-first, paged feed",
                () ->
                    api()
                        .newestFirst()
                        .limit(2)
                        .publish(1, 2, 3, 4, 5)
                        .after(1, now -> now.publish(6, 7))
                        .after(4, now -> now.publish(8))
                        .answering(
                            (asked, now) -> now.page(asked, "\"at\":" + now.largest() + ",")),
                "offsetType",
                "timestamp")
            .paged(),
        life(
            "a response timestamp that goes back",
            () ->
                api()
                    .oldestFirst()
                    .publish(1, 5)
                    .after(3, now -> now.publish(6))
                    .answering(
                        (asked, now) ->
                            now.page(asked, "\"at\":" + (now.requests() == 2 ? 1 : 5) + ",")),
            "offsetType",
            "timestamp"),
        life(
            "an update with an equal offset value",
            () -> api().oldestFirst().publish(1, 2, 2).after(1, now -> now.replace(2))),
        life(
            "two byte-equal records, and later a third",
            () -> api().oldestFirst().publish(1, 2).repeatLast().after(2, now -> now.repeatLast())),
        life(
            "an id gap filled late, without lookback",
            () ->
                api().oldestFirst().publish(1, 2, 4).after(1, now -> now.publishLate(3).publish(5)),
            "offsetType",
            "incremental"));
  }

  @TestFactory
  Stream<DynamicTest> livesOfPagesThatCutTies() {
    String full = "records of a full page share '2'";
    return each(
        life(
                "a tie group as large as a page",
                () -> api().oldestFirst().limit(3).publish(1, 2, 2, 2, 3),
                "pageSize",
                "3")
            .failing("all 3 " + full),
        life(
                "a tie group larger than a page",
                () -> api().oldestFirst().limit(3).publish(1, 2, 2, 2, 2, 3),
                "pageSize",
                "3")
            .failing("all 3 " + full),
        life(
                "a tie group larger than a page, with pages",
                () -> api().oldestFirst().limit(3).publish(1, 2, 2, 2, 2, 2, 2, 2, 3))
            .paged(),
        life(
            "a page cut in a tie, exclusive",
            () -> api().oldestFirst().exclusive().limit(4).publish(1, 2, 3, 3, 3, 4, 5),
            "offsetBoundary",
            "exclusive",
            "pageSize",
            "4"),
        life(
                "a restore in mid-cycle an hour later, on an API that forgot its tokens",
                () ->
                    api()
                        .newestFirst()
                        .limit(2)
                        .forgetful()
                        .publish(1, 2, 3, 4, 5, 6)
                        .after(2, now -> now.publish(7, 8)))
            .paged()
            .withOutage(Duration.ofHours(1)));
  }

  @TestFactory
  Stream<DynamicTest> livesOfValuesOfOtherForms() {
    return each(
        life(
            "ids \"9\" and \"10\" as strings",
            () ->
                api()
                    .oldestFirst()
                    .publishAs(9, "\"9\"")
                    .publishAs(10, "\"10\"")
                    .after(2, now -> now.publishAs(11, "\"11\"")),
            "offsetType",
            "incremental"),
        life("numbers and dates mixed", () -> api().publish(1, 2).publishAs(3, "\"2024-01-01\""))
            .failing("offsets must be of one kind"));
  }

  @TestFactory
  Stream<DynamicTest> livesOfEmptyPages() {
    return each(
        life(
                "an always-next link, caught up",
                () ->
                    api()
                        .publish(1, 2, 3)
                        .after(6, now -> now.publish(4))
                        .after(14, now -> now.publish(5))
                        .answering(NamedLivesTest::alwaysNext))
            .paged(),
        life(
                "ten empty pages with a next link, then records",
                () -> api().publish(1, 2).answering(NamedLivesTest::tenEmptyPages))
            .paged());
  }

  /** A page token is the index at which the page begins, with a count that makes each differ. */
  private static String alwaysNext(Question asked, ScriptedApi now) {
    int from = asked.token() == null ? 0 : Integer.parseInt(asked.token().split("_")[0]);
    int to = Math.min(from + 2, now.listed().size());
    return "{\"paging\":{\"next\":\"%d_%d\"},\"data\":%s}"
        .formatted(to, now.requests(), now.array(from, to));
  }

  private static String tenEmptyPages(Question asked, ScriptedApi now) {
    int page = asked.token() == null ? 0 : Integer.parseInt(asked.token());
    return page < 10
        ? "{\"paging\":{\"next\":\"%d\"},\"data\":[]}".formatted(page + 1)
        : "{\"paging\":{\"next\":null},\"data\":%s}".formatted(now.array(0, 99));
  }

  @Test
  void idleFeedIsAskedOnceInEachCycle() {
    for (NamedLife idle :
        List.of(
            life("an idle empty feed", () -> api().oldestFirst()),
            life("an idle one-record feed", () -> api().oldestFirst().publish(7)))) {
      assertThat(NamedRun.requestsPerIdleCycle(idle)).as(idle.name()).isEqualTo(1);
    }
  }

  private static ScriptedApi api() {
    return new ScriptedApi();
  }

  private static NamedLife life(String name, Supplier<ScriptedApi> api, String... options) {
    return NamedLife.of(name, api, options);
  }

  static Stream<DynamicTest> each(NamedLife... lives) {
    return Stream.of(lives)
        .flatMap(
            life ->
                Stream.of(Plan.EngineKind.values())
                    .map(
                        kind ->
                            DynamicTest.dynamicTest(
                                life.name() + ", " + kind, () -> NamedRun.everyCrash(life, kind))));
  }
}
