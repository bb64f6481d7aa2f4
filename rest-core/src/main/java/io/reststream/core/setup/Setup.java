package io.reststream.core.setup;

import io.reststream.core.RestException;
import java.io.IOException;
import java.util.Optional;

/** What an engine's module asks when a job or a query is made, before it uses the engine. */
public final class Setup {
  private Setup() {}

  /**
   * Refuses what cannot run.
   *
   * @param version what the engine says of itself
   * @throws RestException if the engine is older than the oldest supported one, or if jars of ours
   *     of different versions are on the class path
   */
  public static void check(SupportedEngine engine, String version) {
    Optional<String> refusal = engine.refusal(version);
    if (refusal.isEmpty()) {
      refusal = mixture();
    }
    if (refusal.isPresent()) {
      throw new RestException(refusal.get());
    }
  }

  private static Optional<String> mixture() {
    try {
      return JarVersions.refusal(JarVersions.ofThisThread());
    } catch (IOException e) {
      throw new RestException("The versions of the jars on the class path cannot be read.", e);
    }
  }
}
