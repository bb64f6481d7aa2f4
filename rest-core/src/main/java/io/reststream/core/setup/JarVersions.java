package io.reststream.core.setup;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which versions of our jars are on the class path, by what the build wrote into each. */
final class JarVersions {
  private static final String GROUP = "META-INF/maven/io.reststream/";
  private static final String PROPERTIES = "/pom.properties";

  /** Each of the jars holds the first; a thin jar of an engine has its own beside it. */
  private static final Set<String> ARTIFACTS = Set.of("rest-core", "rest-flink", "rest-spark");

  private JarVersions() {}

  /**
   * Why the jars that these loaders find cannot be used together.
   *
   * @return empty if all have one version
   * @throws IOException if what a jar says of itself cannot be read
   */
  static Optional<String> refusal(Set<ClassLoader> loaders) throws IOException {
    TreeMap<String, Set<String>> jars = new TreeMap<>();
    for (ClassLoader loader : loaders) {
      for (String artifact : ARTIFACTS) {
        for (URL found : Collections.list(loader.getResources(GROUP + artifact + PROPERTIES))) {
          jars.computeIfAbsent(version(found), version -> new TreeSet<>()).add(jar(found));
        }
      }
    }
    return jars.size() < 2
        ? Optional.empty()
        : Optional.of(
            "Different versions of reststream are on the class path, whose classes would be mixed: %s. Keep the jars of one version."
                .formatted(
                    jars.entrySet().stream()
                        .map(of -> of.getKey() + " in " + String.join(" and ", of.getValue()))
                        .collect(Collectors.joining(", "))));
  }

  /** Those that may see another version: ours, and that which a job is run with. */
  static Set<ClassLoader> ofThisThread() {
    return Stream.of(
            JarVersions.class.getClassLoader(), Thread.currentThread().getContextClassLoader())
        .filter(loader -> loader != null)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String version(URL properties) throws IOException {
    URLConnection connection = properties.openConnection();
    connection.setUseCaches(false); // the jar must not stay open
    Properties read = new Properties();
    try (InputStream in = connection.getInputStream()) {
      read.load(in);
    }
    return read.getProperty("version", "an unknown version");
  }

  /** The place of the jar: {@code jar:file:/a/b.jar!/META-INF/...} is {@code file:/a/b.jar}. */
  private static String jar(URL inside) {
    String url = inside.toString();
    int end = url.indexOf("!/");
    return end < 0 ? url.substring(0, url.indexOf(GROUP)) : url.substring("jar:".length(), end);
  }
}
