package io.reststream.hdfs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * A NameNode and three DataNodes, on ports that are free. It says where it is, does what it is
 * told, line by line, and lives until its standard input ends, so that it never outlives the test
 * that started it.
 */
public final class Hdfs {
  private static final int DATA_NODES = 3;

  private Hdfs() {}

  public static void main(String[] arguments) throws Exception {
    // Its log goes to the error output, so that all it says are answers.
    PrintStream said = System.out;
    System.setOut(System.err);
    Configuration configuration = new Configuration();
    // What a NameNode that starts waits for new reports of blocks, in milliseconds.
    configuration.set("dfs.namenode.safemode.extension", "0");
    try (MiniDFSCluster cluster =
            new MiniDFSCluster.Builder(
                    configuration, new File(System.getProperty("java.io.tmpdir"), "hdfs"))
                .numDataNodes(DATA_NODES)
                .build();
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      cluster.waitActive();
      said.println("hdfs://127.0.0.1:" + cluster.getNameNodePort());
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        obey(order, cluster);
        said.println(order);
      }
    }
  }

  private static void obey(String order, MiniDFSCluster cluster) throws IOException {
    switch (order) {
      case "stop the NameNode" -> cluster.shutdownNameNode(0);
      case "start the NameNode" -> cluster.restartNameNode(0, true);
      case "stop a DataNode" -> cluster.stopDataNode(0);
      default -> throw new IllegalArgumentException(order);
    }
  }
}
