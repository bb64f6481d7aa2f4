package io.reststream.core.setup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine, and which versions of it are supported.
 *
 * <pre>{@code
 * new SupportedEngine("Flink", 1, 20, "1.20 and 2.0 to 2.3").refusal("1.19.3");
 * }</pre>
 *
 * @param name what the engine is called
 * @param oldestMajor the first number of the oldest version
 * @param oldestMinor its second number
 * @param supported the versions, as a message names them
 */
public record SupportedEngine(String name, int oldestMajor, int oldestMinor, String supported) {
  /** Vendors add to what an engine's version begins with, as in {@code 3.5.1-amzn-0}. */
  private static final Pattern BEGIN = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(?!\\d).*");

  /**
   * Why this engine cannot run here.
   *
   * @param version what the engine says of itself, for example {@code 3.4.4}
   * @return empty if it is not older than the oldest; a newer one than those that are known, and
   *     one whose version does not begin with two numbers, may run
   */
  public Optional<String> refusal(String version) {
    Matcher numbers = BEGIN.matcher(version);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    boolean older = major < oldestMajor || (major == oldestMajor && minor < oldestMinor);
    return older
        ? Optional.of(
            "%s %s is too old. Supported are %s %s.".formatted(name, version, name, supported))
        : Optional.empty();
  }
}
