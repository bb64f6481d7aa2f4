package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What users get in the two jars, so that nothing slips in or out unseen. */
class JarContentsIT {
  private static final String JACKSON = "io/reststream/flink/shaded/jackson/";

  /** Set by the build: the path of this module's jars, up to the classifier. */
  private final String jars = System.getProperty("reststream.jars");

  private final Path thin = Path.of(jars + ".jar");
  private final Path sql = Path.of(jars + "-sql.jar");

  @Test
  void theThinJarHoldsThisModuleAlone() throws IOException {
    assertThat(classes(thin))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("io/reststream/flink/") && !name.startsWith(JACKSON));
    assertThat(others(thin))
        .containsExactlyInAnyOrder(
            "META-INF/LICENSE",
            "META-INF/MANIFEST.MF",
            "META-INF/maven/io.reststream/rest-flink/pom.properties",
            "META-INF/maven/io.reststream/rest-flink/pom.xml",
            "META-INF/services/org.apache.flink.table.factories.Factory");
  }

  @Test
  void theSqlJarHoldsTheCoreAndItsOwnJackson() throws IOException {
    assertThat(classes(sql))
        .contains(JACKSON + "core/JsonFactory.class", JACKSON + "databind/ObjectMapper.class")
        .anyMatch(name -> name.startsWith("io/reststream/core/"))
        .allMatch(
            name ->
                name.startsWith("io/reststream/core/") || name.startsWith("io/reststream/flink/"));
    assertThat(others(sql))
        .containsExactlyInAnyOrder(
            "META-INF/FastDoubleParser-LICENSE",
            "META-INF/FastDoubleParser-NOTICE",
            "META-INF/LICENSE",
            "META-INF/MANIFEST.MF",
            "META-INF/NOTICE",
            "META-INF/bigint-LICENSE",
            "META-INF/maven/com.fasterxml.jackson.core/jackson-annotations/pom.properties",
            "META-INF/maven/com.fasterxml.jackson.core/jackson-annotations/pom.xml",
            "META-INF/maven/com.fasterxml.jackson.core/jackson-core/pom.properties",
            "META-INF/maven/com.fasterxml.jackson.core/jackson-core/pom.xml",
            "META-INF/maven/com.fasterxml.jackson.core/jackson-databind/pom.properties",
            "META-INF/maven/com.fasterxml.jackson.core/jackson-databind/pom.xml",
            "META-INF/maven/io.reststream/rest-core/pom.properties",
            "META-INF/maven/io.reststream/rest-core/pom.xml",
            "META-INF/maven/io.reststream/rest-flink/pom.properties",
            "META-INF/maven/io.reststream/rest-flink/pom.xml",
            "META-INF/services/io.reststream.flink.shaded.jackson.core.JsonFactory",
            "META-INF/services/io.reststream.flink.shaded.jackson.core.ObjectCodec",
            "META-INF/services/org.apache.flink.table.factories.Factory",
            "io/reststream/core/recipe/clever.json",
            "io/reststream/core/recipe/github-events.json",
            "io/reststream/core/recipe/okta-log.json",
            "io/reststream/core/recipe/stripe-events.json",
            "io/reststream/core/recipe/zendesk-incremental.json",
            "io/reststream/core/recipe/couchdb-changes.json",
            "io/reststream/core/recipe/github-issues.json",
            "io/reststream/core/recipe/mastodon.json",
            "io/reststream/core/recipe/opensky.json",
            "io/reststream/core/recipe/slack-history.json");
  }

  @Test
  void noClassOfTheSqlJarKnowsAnotherJackson() throws IOException {
    List<String> knowing = new ArrayList<>();
    try (JarFile jar = new JarFile(sql.toFile())) {
      for (String name : classes(sql)) {
        byte[] bytes = jar.getInputStream(jar.getEntry(name)).readAllBytes();
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains("com/fasterxml")) {
          knowing.add(name);
        }
      }
    }
    assertThat(knowing).isEmpty();
  }

  @Test
  void theSqlJarsServicesAreFoundWhereThereIsNothingElse() throws Exception {
    URL[] alone = {sql.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(alone, ClassLoader.getPlatformClassLoader())) {
      Class<?> factory = loader.loadClass("io.reststream.flink.shaded.jackson.core.JsonFactory");
      assertThat(ServiceLoader.load(factory, loader)).hasExactlyElementsOfTypes(factory);
    }
  }

  private static List<String> classes(Path jar) throws IOException {
    return files(jar).stream().filter(name -> name.endsWith(".class")).toList();
  }

  private static List<String> others(Path jar) throws IOException {
    return files(jar).stream().filter(name -> !name.endsWith(".class")).toList();
  }

  private static List<String> files(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }
}
