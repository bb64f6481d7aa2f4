package io.reststream.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/**
 * One broker, on ports that are free. It says where it is, and lives until its standard input ends,
 * so that it never outlives the test that started it.
 */
public final class Broker {
  private Broker() {}

  public static void main(String[] arguments) throws Exception {
    // Its log goes to the error output, so that all it says is where it is.
    PrintStream said = System.out;
    System.setOut(System.err);
    TestKitNodes nodes =
        new TestKitNodes.Builder()
            .setCombined(true)
            .setNumBrokerNodes(1)
            .setNumControllerNodes(1)
            .build();
    try (KafkaClusterTestKit cluster =
        new KafkaClusterTestKit.Builder(nodes)
            .setConfigProp("offsets.topic.replication.factor", "1")
            .setConfigProp("transaction.state.log.replication.factor", "1")
            .setConfigProp("transaction.state.log.min.isr", "1")
            .build()) {
      cluster.format();
      cluster.startup();
      cluster.waitForReadyBrokers();
      said.println(cluster.bootstrapServers());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
