package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What users get in the jar, so that nothing slips in or out unseen. */
class JarContentsIT {
  /** Set by the build: the path of this module's jar, without its ending. */
  private final String jar = System.getProperty("reststream.jars") + ".jar";

  @Test
  void theJarHoldsTheCoreAndNeitherJacksonNorSpark() throws IOException {
    assertThat(files())
        .filteredOn(name -> name.endsWith(".class"))
        .anyMatch(name -> name.startsWith("io/reststream/core/"))
        .anyMatch(name -> name.startsWith("io/reststream/spark/"))
        .allMatch(
            name ->
                name.startsWith("io/reststream/core/") || name.startsWith("io/reststream/spark/"));
  }

  @Test
  void besidesClassesItHoldsTheLicenceTheServicesAndWhereItCameFrom() throws IOException {
    assertThat(files())
        .filteredOn(name -> !name.endsWith(".class"))
        .containsExactlyInAnyOrder(
            "META-INF/LICENSE",
            "META-INF/MANIFEST.MF",
            "META-INF/maven/io.reststream/rest-core/pom.properties",
            "META-INF/maven/io.reststream/rest-core/pom.xml",
            "META-INF/maven/io.reststream/rest-spark/pom.properties",
            "META-INF/maven/io.reststream/rest-spark/pom.xml",
            "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister",
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

  private List<String> files() throws IOException {
    try (JarFile open = new JarFile(jar)) {
      return open.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }
}
