package io.reststream.flink.setup;

import io.reststream.core.setup.Setup;
import io.reststream.core.setup.SupportedEngine;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** The Flink that this runs on. */
public final class FlinkSetup {
  private static final SupportedEngine FLINK =
      new SupportedEngine("Flink", 1, 20, "1.20 and 2.0 to 2.3");

  private FlinkSetup() {}

  /**
   * Refuses a Flink that is too old, and jars of ours of different versions.
   *
   * @throws io.reststream.core.RestException naming what is there and what is supported
   */
  public static void check() {
    Setup.check(FLINK, EnvironmentInformation.getVersion());
  }
}
