package io.reststream.matrix;

import java.time.Duration;
import java.util.Locale;

/** What became of one engine's tests on one JDK. */
sealed interface Outcome {

  /** One field of the table. */
  String text();

  /** Whether it is what the matrix promises: tests ran and passed, or nobody wanted them to. */
  boolean isGood();

  /**
   * The tests ran to their end.
   *
   * @param tests how many, those that failed or were skipped included
   * @param time the sum of what the classes took, without the start of the JVM
   */
  record Ran(int tests, int failures, int errors, int skipped, Duration time) implements Outcome {

    @Override
    public String text() {
      if (tests == 0) {
        return "no test was run";
      }
      return String.format(
          Locale.ROOT,
          "%4d run %3d failed %3d errors %3d skipped %6.1f s",
          tests,
          failures,
          errors,
          skipped,
          time.toMillis() / 1000.0);
    }

    @Override
    public boolean isGood() {
      return tests > 0 && failures == 0 && errors == 0;
    }
  }

  /** The tests began, or should have, and there is no result of this build. */
  record Missing(String text) implements Outcome {
    @Override
    public boolean isGood() {
      return false;
    }
  }

  /** The tests were not meant to run here. */
  record NotMeant(String text) implements Outcome {
    @Override
    public boolean isGood() {
      return true;
    }
  }
}
