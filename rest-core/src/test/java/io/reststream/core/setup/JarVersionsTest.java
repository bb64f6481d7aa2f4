package io.reststream.core.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.RestException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarVersionsTest {
  @TempDir Path directory;

  private URL jar(String name, String version, String... artifacts) throws IOException {
    Path jar = directory.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String artifact : artifacts) {
        out.putNextEntry(
            new ZipEntry("META-INF/maven/io.reststream/" + artifact + "/pom.properties"));
        out.write(
            "artifactId=%s%nversion=%s%n"
                .formatted(artifact, version)
                .getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return jar.toUri().toURL();
  }

  private static URLClassLoader loader(ClassLoader parent, URL... jars) {
    return new URLClassLoader(jars, parent);
  }

  private String mixed(String jars) {
    return "Different versions of reststream are on the class path, whose classes would be mixed: %s. Keep the jars of one version."
        .formatted(jars.replace("DIR", "file:" + directory));
  }

  @Test
  void twoVersionsOfAJarAreNamedWithTheirPlaces() throws IOException {
    URL old = jar("rest-spark-0.1.0.jar", "0.1.0", "rest-core", "rest-spark");
    URL late = jar("rest-spark-0.2.0.jar", "0.2.0", "rest-core", "rest-spark");
    try (var loader = loader(null, late, old)) {
      assertThat(JarVersions.refusal(Set.of(loader)))
          .hasValue(mixed("0.1.0 in DIR/rest-spark-0.1.0.jar, 0.2.0 in DIR/rest-spark-0.2.0.jar"));
    }
  }

  @Test
  void aThinJarOfAnEngineMustHaveTheVersionOfItsCore() throws IOException {
    URL core = jar("rest-core-0.2.0.jar", "0.2.0", "rest-core");
    URL flink = jar("rest-flink-0.1.0.jar", "0.1.0", "rest-flink");
    URL same = jar("rest-flink-0.2.0.jar", "0.2.0", "rest-flink");
    try (var mixture = loader(null, core, flink);
        var fit = loader(null, core, same)) {
      assertThat(JarVersions.refusal(Set.of(mixture)))
          .hasValue(mixed("0.1.0 in DIR/rest-flink-0.1.0.jar, 0.2.0 in DIR/rest-core-0.2.0.jar"));
      assertThat(JarVersions.refusal(Set.of(fit))).isEmpty();
    }
  }

  @Test
  void oneJarThatTwoLoadersFindAndTwoJarsOfOneVersionAreFine() throws IOException {
    URL spark = jar("rest-spark-0.1.0.jar", "0.1.0", "rest-core", "rest-spark");
    URL again = jar("copy.jar", "0.1.0", "rest-core", "rest-spark");
    try (var parent = loader(null, spark);
        var child = loader(parent, spark, again)) {
      assertThat(JarVersions.refusal(Set.of(parent, child))).isEmpty();
    }
  }

  @Test
  void aVersionThatTheJobBringsBesideThatOfTheClusterIsSeen() throws IOException {
    URL ofTheCluster = jar("sql-0.1.0.jar", "0.1.0", "rest-core", "rest-flink");
    URL ofTheJob = jar("job.jar", "0.2.0", "rest-core", "rest-flink");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (var parent = loader(before, ofTheCluster);
        var child = loader(parent, ofTheJob)) {
      thread.setContextClassLoader(child);
      assertThatThrownBy(() -> Setup.check(new SupportedEngine("Flink", 1, 20, "1.20"), "1.20.3"))
          .isInstanceOf(RestException.class)
          .hasMessage(mixed("0.1.0 in DIR/sql-0.1.0.jar, 0.2.0 in DIR/job.jar"));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void classesThatAreInNoJarHaveNoVersion() throws IOException {
    try (var loader = loader(null)) {
      assertThat(JarVersions.refusal(Set.of(loader))).isEmpty();
    }
  }

  @Test
  void theClassPathOfTheseTestsIsFine() throws IOException {
    assertThat(JarVersions.refusal(JarVersions.ofThisThread())).isEmpty();
  }
}
