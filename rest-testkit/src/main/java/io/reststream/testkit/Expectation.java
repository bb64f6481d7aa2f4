package io.reststream.testkit;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What must come of a scenario. */
public sealed interface Expectation {

  /** Exactly the published records that {@code due} accepts, each once, by their exact text. */
  record Delivered(Predicate<FeedRecord> due) implements Expectation {}

  /**
   * An error, one of whose causes says {@code text}; and until then nothing that is not due.
   *
   * @param whole whether that is all that it says
   */
  record Failure(String text, boolean whole) implements Expectation {

    boolean isMetBy(@Nullable String message) {
      return message != null && (whole ? message.equals(text) : message.contains(text));
    }

    Failure withBase(String url) {
      return new Failure(text.replace(Scenario.BASE, url), whole);
    }
  }

  /** Exactly what was published. */
  static Expectation everything() {
    return new Delivered(record -> true);
  }

  /** Whether a published record must be delivered. */
  default boolean isDue(FeedRecord record) {
    return !(this instanceof Delivered delivered) || delivered.due().test(record);
  }
}
