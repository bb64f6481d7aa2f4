package io.reststream.testkit;

import io.reststream.testkit.process.Server;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An HDFS of a NameNode and three DataNodes in a JVM of its own, which ends with this object, or
 * with this JVM. For the tests tagged {@code full}, whose build has made the module {@code
 * hdfs-cluster}.
 */
public final class HdfsProcess implements AutoCloseable {
  /** Set by the build: where the module of the cluster was built. */
  private static final Path BUILT = Path.of(System.getProperty("reststream.hdfsCluster", ""));

  private final Server server;

  /**
   * Starts a cluster, and waits until it is ready.
   *
   * @param directory for its files and its log
   */
  public HdfsProcess(Path directory) throws IOException {
    server = Server.start(BUILT, "io.reststream.hdfs.Hdfs", directory);
  }

  /**
   * What stands before the absolute path of a file in it, such as {@code hdfs://127.0.0.1:9000}.
   */
  public String uri() {
    return server.ready();
  }

  /** Lets the NameNode go away; what it was told it still knows when it starts again. */
  public void stopNameNode() throws IOException {
    server.order("stop the NameNode");
  }

  /** Starts the NameNode again, at the same place, and waits until files can be written. */
  public void startNameNode() throws IOException {
    server.order("start the NameNode");
  }

  /** Lets a DataNode go away for good, with the files that are being written to it. */
  public void stopDataNode() throws IOException {
    server.order("stop a DataNode");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
