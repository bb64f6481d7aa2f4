package io.reststream.core.simulation;

/** A life in which a record was lost, came twice, or that went on no more; tells all of it. */
final class LostLife extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final long seed;

  LostLife(long seed, String story, RuntimeException cause) {
    this("SimulatedLivesTest", seed, story, cause);
  }

  LostLife(String test, long seed, String story, RuntimeException cause) {
    super(
        "%s%n%s%nTell it again: mvn test -pl rest-core -am -Dtest=%s -Dseed=%d"
                .formatted(story, cause.getMessage(), test, seed)
            + " -Dsurefire.failIfNoSpecifiedTests=false",
        cause);
    this.seed = seed;
  }
}
