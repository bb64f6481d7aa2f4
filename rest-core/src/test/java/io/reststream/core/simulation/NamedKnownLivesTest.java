package io.reststream.core.simulation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Lives in which known records come again and must not count as records that came, under both
 * engines, with a crash at each step in turn.
 */
@Timeout(300)
class NamedKnownLivesTest {
  private static final int ALL = 99;

  @TestFactory
  Stream<DynamicTest> cyclesOfKnownRecordsLeaveTheKeysAsTheyWere() {
    return NamedLivesTest.each(
        NamedLife.of(
            "a replica that lags, under a timestamp of the response",
            () ->
                three()
                    .answering(
                        (asked, now) ->
                            "{\"at\":3,\"data\":%s}"
                                .formatted(now.array(0, now.requests() % 3 == 2 ? 1 : ALL))),
            "offsetType",
            "timestamp"),
        NamedLife.of(
            "a replica that lags, at the tail of a cursor",
            () ->
                three()
                    .answering(
                        (asked, now) ->
                            "{\"at\":null,\"data\":%s}"
                                .formatted(now.array(0, now.requests() % 3 == 2 ? 1 : ALL))),
            "offsetType",
            "cursor",
            "initialOffset",
            "0"),
        NamedLife.of(
                "a replica that lags on the second page",
                () -> three().answering(NamedKnownLivesTest::withoutTheThirdOnce),
                "offsetType",
                "timestamp")
            .paged());
  }

  /** A page for each record; when it is asked for the fifth time, the last one is not there. */
  private static String withoutTheThirdOnce(Question asked, ScriptedApi now) {
    int at = asked.token() == null ? 0 : Integer.parseInt(asked.token());
    boolean last = at == 2 || (at == 1 && now.requests() == 5);
    return "{\"at\":3,\"paging\":{\"next\":%s},\"data\":%s}"
        .formatted(last ? "null" : "\"" + (at + 1) + "\"", now.array(at, at + 1));
  }

  @TestFactory
  Stream<DynamicTest> aFullPageOfKnownRecordsEndsItsCycle() {
    return NamedLivesTest.each(
        NamedLife.of(
            "a wall of records under a clock that moves",
            () ->
                three()
                    .after(2, now -> now.publish(4))
                    .answering(
                        (asked, now) ->
                            "{\"at\":%d,\"data\":%s}".formatted(now.requests(), now.array(0, ALL))),
            "offsetType",
            "timestamp",
            "pageSize",
            "3"));
  }

  private static ScriptedApi three() {
    return new ScriptedApi().publish(1, 2, 3);
  }
}
