package io.reststream.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A module that runs tests on one version of an engine.
 *
 * @param usual its tests on the JDK that the build runs on
 * @param newer its smoke tests on the newer JDK
 */
record Row(String module, Reports usual, Reports newer) {

  /**
   * Reads a module's reports.
   *
   * @param newerJdk where the newer JDK is, or should be
   */
  static Row of(Path module, Instant began, Path newerJdk) throws IOException {
    Path target = module.resolve("target");
    Reports usual = Reports.read(target.resolve("failsafe-reports"), began);
    Reports newer = Reports.read(target.resolve("failsafe-reports-newer-jdk"), began);
    Optional<String> reason = reasonWithoutNewerJdk(module, newerJdk);
    return new Row(
        module.getFileName().toString(),
        usual,
        reason
            .map(text -> new Reports(new Outcome.NotMeant(text), newer.engine(), newer.jdk()))
            .orElse(newer));
  }

  private static Optional<String> reasonWithoutNewerJdk(Path module, Path newerJdk)
      throws IOException {
    String refused = Xml.text(Xml.root(module.resolve("pom.xml")), "newerJdk.refused").strip();
    if (!refused.isEmpty()) {
      return Optional.of("not run: " + refused);
    }
    return Files.exists(newerJdk.resolve("release"))
        ? Optional.empty()
        : Optional.of("not run: no such JDK");
  }

  /** The engine as the class path of the tests names it, or the module if none was run. */
  String engine() {
    return Stream.of(usual, newer)
        .flatMap(reports -> reports.engine().stream())
        .findFirst()
        .orElse(module);
  }

  boolean isGood() {
    return usual.outcome().isGood() && newer.outcome().isGood();
  }
}
