package io.reststream.core.secret;

import java.util.List;
import java.util.function.Supplier;

/**
 * A value that is never shown. References in it, {@code ${env:NAME}} and {@code ${file:path}}, are
 * read anew each time that it is asked for, so that a rotated file works without a restart.
 *
 * <pre>{@code
 * Secret password = Secret.parse("Option 'userPassword'", "${file:/run/secrets/api}");
 * password.get(); // what the file holds now, without the newline at its end
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class Secret implements Supplier<String> {
  private final String owner;
  private final String text;
  private final List<SecretPart> parts;

  /** What was read last, and before that: an answer to an older request may still quote it. */
  private volatile List<String> seen;

  private Secret(String owner, String text, List<SecretPart> parts) {
    this.owner = owner;
    this.text = text;
    this.parts = List.copyOf(parts);
    boolean plain = parts.stream().noneMatch(Secret::isReference);
    this.seen = plain ? List.of(read(parts, owner)) : List.of();
  }

  /**
   * Reads the text of an option.
   *
   * @param owner what has it, at the beginning of a sentence: {@code Option 'userPassword'}
   * @throws IllegalArgumentException if a reference has no end or no name
   */
  public static Secret parse(String owner, String text) {
    return new Secret(owner, text, SecretPart.parse(text));
  }

  /** The secret that one reference of a longer text means. */
  public static Secret of(String owner, SecretPart part) {
    return new Secret(owner, "", List.of(part));
  }

  private static boolean isReference(SecretPart part) {
    return part instanceof SecretPart.Variable || part instanceof SecretPart.Content;
  }

  /**
   * The value as it is now.
   *
   * @throws io.reststream.core.RestException naming the variable or file that is not there
   */
  @Override
  public String get() {
    String value = read(parts, owner);
    remember(value);
    return value;
  }

  private static String read(List<SecretPart> parts, String owner) {
    StringBuilder value = new StringBuilder();
    parts.forEach(part -> value.append(part.read(owner)));
    return value.toString();
  }

  private void remember(String value) {
    List<String> before = seen;
    if (before.isEmpty()) {
      seen = List.of(value);
    } else if (!before.get(0).equals(value)) {
      seen = List.of(value, before.get(0));
    }
  }

  /** The values that it had lately, so that they can be kept out of messages. */
  public List<String> seen() {
    return seen;
  }

  /** The text that it was read from, references unread; as much a secret as the value. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return "****";
  }
}
