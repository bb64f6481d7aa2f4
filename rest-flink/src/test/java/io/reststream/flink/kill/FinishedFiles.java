package io.reststream.flink.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a file sink has committed: its finished files, each read once, since they never change.
 * Files that it is still writing are hidden and do not count.
 */
final class FinishedFiles {
  private final Path directory;
  private final Set<Path> read = new HashSet<>();
  private final Map<String, Path> records = new HashMap<>();

  FinishedFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * The records of all files so far.
   *
   * @throws AssertionError if there is one a second time
   */
  Set<String> records() throws IOException {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(FinishedFiles::finished).toList()) {
          if (read.add(file)) {
            Files.readAllLines(file).forEach(record -> add(record, file));
          }
        }
      }
    }
    return records.keySet();
  }

  private static boolean finished(Path file) {
    return !file.getFileName().toString().startsWith(".");
  }

  private void add(String record, Path file) {
    Path first = records.putIfAbsent(record, file);
    if (first != null) {
      throw new AssertionError("Twice, in %s and in %s: %s".formatted(first, file, record));
    }
  }
}
