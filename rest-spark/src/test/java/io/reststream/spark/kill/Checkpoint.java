package io.reststream.spark.kill;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What a dead query has left: the evidence of when it died.
 *
 * @param location in any file system
 */
record Checkpoint(String location) {
  /** The last batch that was planned; -1 if none was. */
  long planned() throws IOException {
    return newest("offsets");
  }

  /** The last batch that was committed; -1 if none was. */
  long committed() throws IOException {
    return newest("commits");
  }

  private long newest(String kind) throws IOException {
    return names(kind).stream()
        .filter(name -> name.matches("\\d+"))
        .mapToLong(Long::parseLong)
        .max()
        .orElse(-1);
  }

  /** All segments of all page logs. */
  List<String> segments() throws IOException {
    List<String> segments = new ArrayList<>();
    for (String source : names("sources")) {
      String log = "sources/" + source + "/segments";
      names(log).forEach(name -> segments.add(log + "/" + name));
    }
    return segments;
  }

  /** The epochs of the page log of a source. */
  List<String> epochs(int source) throws IOException {
    return names("sources/" + source + "/epochs");
  }

  private static Configuration files() {
    Configuration files = new Configuration();
    files.set("fs.%s.impl".formatted(MomentFileSystem.SCHEME), MomentFileSystem.class.getName());
    return files;
  }

  private List<String> names(String directory) throws IOException {
    Path path = new Path(location, directory);
    try {
      return Stream.of(path.getFileSystem(files()).listStatus(path))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
