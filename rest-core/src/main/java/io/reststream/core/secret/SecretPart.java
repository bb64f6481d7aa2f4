package io.reststream.core.secret;

import io.reststream.core.RestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a text with references to secrets in it: {@code ${env:NAME}}, {@code ${file:path}}, or
 * text. A reference with one more dollar sign before it stands for its own text.
 */
public sealed interface SecretPart {
  int LARGEST_FILE = 65_536;

  /** Text as it is. */
  record Literal(String text) implements SecretPart {}

  /** The beginning of a reference that is meant as text. */
  record Escaped(String text) implements SecretPart {}

  /** What an environment variable of this process holds. */
  record Variable(String name) implements SecretPart {}

  /** What a file holds. */
  record Content(String path) implements SecretPart {}

  /**
   * Cuts a text at its references.
   *
   * @throws IllegalArgumentException if one has no end or no name; the message holds neither
   */
  static List<SecretPart> parse(String text) {
    List<SecretPart> parts = new ArrayList<>();
    Matcher reference = Beginning.PATTERN.matcher(text);
    int copied = 0;
    while (reference.find(copied)) {
      if (reference.start() > copied) {
        parts.add(new Literal(text.substring(copied, reference.start())));
      }
      if (!reference.group(1).isEmpty()) {
        parts.add(new Escaped(reference.group().substring(1)));
        copied = reference.end();
        continue;
      }
      int end = text.indexOf('}', reference.end());
      String name = end < 0 ? "" : text.substring(reference.end(), end).trim();
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "a reference to a secret must be ${env:NAME} or ${file:path}; for the text itself,"
                + " write $${"
                + reference.group(2)
                + ":");
      }
      parts.add(reference.group(2).equals("env") ? new Variable(name) : new Content(name));
      copied = end + 1;
    }
    if (copied < text.length()) {
      parts.add(new Literal(text.substring(copied)));
    }
    return parts;
  }

  /**
   * What stands here now.
   *
   * @param owner what names it, at the beginning of a sentence
   * @throws RestException if there is nothing
   */
  default String read(String owner) {
    if (this instanceof Variable variable) {
      return variable(owner, variable.name());
    }
    if (this instanceof Content content) {
      return content(owner, content.path());
    }
    return this instanceof Escaped escaped ? escaped.text() : ((Literal) this).text();
  }

  private static String variable(String owner, String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) {
      throw new RestException(
          "%s names the environment variable '%s', which is %s in this process."
              .formatted(owner, name, value == null ? "not set" : "empty"));
    }
    return value;
  }

  private static String content(String owner, String path) {
    String problem;
    try {
      Path file = Path.of(path);
      if (Files.size(file) <= LARGEST_FILE) {
        String text = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\r?\n\\z", "");
        if (!text.isEmpty()) {
          return text;
        }
        problem = "is empty";
      } else {
        problem = "is larger than %d bytes".formatted(LARGEST_FILE);
      }
    } catch (NoSuchFileException | InvalidPathException e) {
      problem = "does not exist";
    } catch (IOException e) {
      // The cause is left out: of a file that is no text it may show a part.
      problem = "cannot be read: " + e.getClass().getSimpleName();
    }
    throw new RestException("%s names the file '%s', which %s.".formatted(owner, path, problem));
  }

  /** How a reference begins. */
  final class Beginning {
    private static final Pattern PATTERN = Pattern.compile("(\\$?)\\$\\{(env|file):");

    private Beginning() {}
  }
}
