package io.reststream.spark.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a dead query has left: the evidence of when it died. */
record Checkpoint(Path directory) {
  /** The last batch that was planned; -1 if none was. */
  long planned() throws IOException {
    return newest("offsets");
  }

  /** The last batch that was committed; -1 if none was. */
  long committed() throws IOException {
    return newest("commits");
  }

  private long newest(String kind) throws IOException {
    return names(directory.resolve(kind)).stream()
        .filter(name -> name.matches("\\d+"))
        .mapToLong(Long::parseLong)
        .max()
        .orElse(-1);
  }

  /** All segments of all page logs. */
  List<Path> segments() throws IOException {
    List<Path> segments = new ArrayList<>();
    for (String source : names(directory.resolve("sources"))) {
      Path log = directory.resolve("sources").resolve(source).resolve("segments");
      names(log).forEach(name -> segments.add(log.resolve(name)));
    }
    return segments;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
