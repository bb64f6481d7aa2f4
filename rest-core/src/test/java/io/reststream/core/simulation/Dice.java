package io.reststream.core.simulation;

import java.util.SplittableRandom;

/** Draws what happens; the same seed draws the same. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** A number from 0, inclusive, to the bound, exclusive. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number between two bounds, both inclusive. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  double fraction() {
    return random.nextDouble();
  }

  @SafeVarargs
  final <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }
}
