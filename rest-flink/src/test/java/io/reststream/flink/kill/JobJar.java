package io.reststream.flink.kill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A jar as users build it: the classes of a job, and below {@code lib} the jars that it needs. */
final class JobJar {
  private JobJar() {}

  /**
   * Writes a jar with the classes of a package.
   *
   * @param classes where the package's classes were compiled to
   */
  static Path write(Path jar, Path classes, Package of, Path library) throws IOException {
    Path directory = classes.resolve(of.getName().replace('.', '/'));
    try (Stream<Path> found = Files.list(directory);
        OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      List<Path> compiled = found.filter(path -> path.toString().endsWith(".class")).toList();
      for (Path one : compiled) {
        add(out, classes.relativize(one).toString(), one);
      }
      add(out, "lib/" + library.getFileName(), library);
    }
    return jar;
  }

  private static void add(JarOutputStream out, String name, Path content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    Files.copy(content, out);
    out.closeEntry();
  }
}
