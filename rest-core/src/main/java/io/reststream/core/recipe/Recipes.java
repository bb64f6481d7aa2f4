package io.reststream.core.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds recipes: those that come with the library by their name, others as a file or as a resource
 * of the class path.
 */
public final class Recipes {
  /** The names of those that come with the library. */
  public static final List<String> BUILT_IN =
      List.of(
          "clever",
          "couchdb-changes",
          "github-events",
          "github-issues",
          "mastodon",
          "okta-log",
          "opensky",
          "slack-history",
          "stripe-events",
          "zendesk-incremental");

  private static final int LARGEST = 1 << 20;

  private Recipes() {}

  /**
   * Finds a recipe and reads it.
   *
   * @throws RecipeException if there is none, or it is broken
   */
  public static Recipe find(String name) throws RecipeException {
    String json;
    try {
      json = text(name);
    } catch (IOException e) {
      throw RecipeException.broken("Recipe '%s' cannot be read: %s", name, e);
    }
    if (json == null) {
      throw RecipeException.unknown(
          "Option 'recipe' must be one of %s, a file, or a resource of the class path, but there is no '%s'."
              .formatted(String.join(", ", BUILT_IN), name));
    }
    return new RecipeReader(name).read(json);
  }

  private static @Nullable String text(String name) throws IOException, RecipeException {
    if (BUILT_IN.contains(name)) {
      try (InputStream in = Recipes.class.getResourceAsStream(name + ".json")) {
        if (in == null) {
          throw new IOException("the resource is missing");
        }
        return limited(name, in);
      }
    }
    Path file = path(name);
    if (file != null && Files.isRegularFile(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        return limited(name, in);
      }
    }
    String resource = name.startsWith("/") ? name.substring(1) : name;
    for (ClassLoader loader : loaders()) {
      try (InputStream in = resource.isBlank() ? null : loader.getResourceAsStream(resource)) {
        if (in != null) {
          return limited(name, in);
        }
      }
    }
    return null;
  }

  private static List<ClassLoader> loaders() {
    return Stream.of(Thread.currentThread().getContextClassLoader(), Recipes.class.getClassLoader())
        .filter(loader -> loader != null)
        .toList();
  }

  private static @Nullable Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      return null; // then it may still be a resource
    }
  }

  private static String limited(String name, InputStream in) throws IOException, RecipeException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw RecipeException.broken(
          "Recipe '%s' must not be larger than %d bytes, but is.", name, LARGEST);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
