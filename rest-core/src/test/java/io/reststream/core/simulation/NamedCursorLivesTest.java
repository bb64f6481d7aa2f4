package io.reststream.core.simulation;

import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Named lives of cursors and page tokens, under both engines, with a crash at each step in turn.
 */
@Timeout(300)
class NamedCursorLivesTest {
  private static final int LIMIT = 2;

  @TestFactory
  Stream<DynamicTest> livesOfCursors() {
    return NamedLivesTest.each(
        cursor(
            "a null tail, then growth",
            (asked, now) ->
                answer(asked, now, end(asked, now) < size(now) ? next(asked, now) : null)),
        cursor(
            "a full last page, then an empty one with null",
            (asked, now) -> answer(asked, now, full(asked, now) ? next(asked, now) : null)),
        cursor(
            "a cursor unmoved with records",
            (asked, now) ->
                answer(asked, now, full(asked, now) ? next(asked, now) : asked.offset())),
        cursor(
            "a cursor that moves over empty pages",
            (asked, now) -> {
              int to = start(asked) + 1;
              boolean shown = to % 2 == 0;
              int past = to <= 2 * size(now) ? to : to - 1;
              return "{\"at\":\"%d\",\"data\":%s}"
                  .formatted(past, shown ? now.array(to / 2 - 1, to / 2) : "[]");
            }),
        cursor(
                "a circle of two page tokens",
                (asked, now) ->
                    "{\"paging\":{\"next\":\"%s\"},\"data\":[]}"
                        .formatted("a".equals(asked.token()) ? "b" : "a"))
            .paged()
            .failing("the API pages in a circle"));
  }

  @TestFactory
  Stream<DynamicTest> livesOfRefusedTokens() {
    return NamedLivesTest.each(
        NamedLife.of(
                "a token refused after a restart",
                () ->
                    new ScriptedApi()
                        .oldestFirst()
                        .limit(LIMIT)
                        .forgetful()
                        .publish(1, 2, 2, 3, 4, 5)
                        .after(3, now -> now.publish(5, 6)))
            .paged(),
        NamedLife.of(
                "a token refused after a restart, no order",
                () ->
                    new ScriptedApi()
                        .limit(LIMIT)
                        .forgetful()
                        .publish(4, 2, 6, 3, 1, 5)
                        .after(3, now -> now.insert(0, 6).insert(0, 7)))
            .paged());
  }

  private static NamedLife cursor(String name, BiFunction<Question, ScriptedApi, String> script) {
    return NamedLife.of(
        name,
        () ->
            new ScriptedApi()
                .publish(1, 2, 3, 4, 5)
                .after(4, now -> now.publish(6))
                .after(6, now -> now.publish(7, 8, 9))
                .answering(script),
        "offsetType",
        "cursor",
        "initialOffset",
        "0");
  }

  /** A cursor is the number of records before it. */
  private static int start(Question asked) {
    return asked.offset() == null ? 0 : Integer.parseInt(asked.offset());
  }

  private static int size(ScriptedApi now) {
    return now.listed().size();
  }

  private static int end(Question asked, ScriptedApi now) {
    return Math.min(size(now), start(asked) + LIMIT);
  }

  private static boolean full(Question asked, ScriptedApi now) {
    return end(asked, now) - start(asked) == LIMIT;
  }

  private static String next(Question asked, ScriptedApi now) {
    return Integer.toString(end(asked, now));
  }

  private static String answer(Question asked, ScriptedApi now, @Nullable String cursor) {
    return "{\"at\":%s,\"data\":%s}"
        .formatted(
            cursor == null ? "null" : '"' + cursor + '"',
            now.array(start(asked), start(asked) + LIMIT));
  }
}
