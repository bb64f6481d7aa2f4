package io.reststream.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;

/** Queries that are stopped in the middle, or die before Spark has noted what they did. */
final class Restarts {
  private Restarts() {}

  /** Runs a query until it has read what is there. */
  static void run(DataStreamWriter<Row> writer, Path checkpoint) throws Exception {
    StreamingQuery query = writer.option("checkpointLocation", checkpoint.toString()).start();
    try {
      query.processAllAvailable();
    } finally {
      query.stop();
    }
  }

  /** Spark's note that the last batch is done is lost, as if the driver had died before it. */
  static void loseTheLastCommit(Path checkpoint) throws IOException {
    try (Stream<Path> commits = Files.list(checkpoint.resolve("commits"))) {
      Path last =
          commits
              .filter(file -> file.getFileName().toString().matches("\\d+"))
              .max(Comparator.comparingInt(file -> Integer.parseInt(file.getFileName().toString())))
              .orElseThrow();
      Files.delete(last);
      Files.deleteIfExists(last.resolveSibling("." + last.getFileName() + ".crc"));
    }
  }
}
