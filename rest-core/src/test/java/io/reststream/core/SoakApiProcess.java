package io.reststream.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A {@link SoakApi} in its own JVM, which does not outlive the test. */
final class SoakApiProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final String url;

  private SoakApiProcess(Process process) throws IOException {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.url = said();
  }

  /**
   * Starts it and waits for its address.
   *
   * @param limit after which it ends by itself
   */
  static SoakApiProcess start(Duration limit) throws IOException {
    return new SoakApiProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Dsun.net.httpserver.nodelay=true",
                "-cp",
                System.getProperty("java.class.path"),
                SoakApi.class.getName(),
                Long.toString(limit.toSeconds()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  String url(String target) {
    return url + target;
  }

  /** Lets it end, and gives how often it answered 304. */
  long end() throws IOException {
    process.getOutputStream().close();
    return Long.parseLong(said());
  }

  private String said() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("The API's process has ended: " + process.onExit().join());
    }
    return line;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
