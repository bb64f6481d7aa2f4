package io.reststream.spark.kill;

import io.reststream.testkit.HdfsProcess;
import io.reststream.testkit.process.Until;
import java.io.EOFException;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The NameNode of an HDFS, as this process sees it. */
public final class NameNode {
  private NameNode() {}

  /** Starts it; a connection of this process that is older than the NameNode fails once. */
  public static void start(HdfsProcess hdfs, Duration limit) throws Exception {
    hdfs.startNameNode();
    FileSystem files = new Path(hdfs.uri()).getFileSystem(new Configuration());
    Until.holds(
        "the NameNode answers",
        limit,
        () -> {
          try {
            return files.exists(new Path("/"));
          } catch (EOFException e) {
            return false;
          }
        });
  }
}
