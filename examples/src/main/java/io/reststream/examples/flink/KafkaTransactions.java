package io.reststream.examples.flink;

import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Sends events to Kafka in transactions, which are committed with Flink's checkpoints: whatever
 * fails, a consumer with {@code isolation.level=read_committed} sees each event once.
 */
public final class KafkaTransactions {
  private static final long CHECKPOINT_MILLIS = 500;

  /** Longer than the job may be down, and no longer than the broker allows (15 minutes). */
  private static final String TRANSACTION_TIMEOUT_MILLIS = "600000";

  private KafkaTransactions() {}

  /** Where the events go. */
  public static KafkaSink<String> sink(String servers, String topic) {
    return KafkaSink.<String>builder()
        .setBootstrapServers(servers)
        .setRecordSerializer(
            KafkaRecordSerializationSchema.<String>builder()
                .setTopic(topic)
                .setValueSerializationSchema(new SimpleStringSchema())
                .build())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix("events-to-" + topic)
        .setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS)
        .build();
  }

  /** What a cluster has in its configuration, and {@code flink run --fromSavepoint} sets. */
  private static Configuration configuration(String checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    return configuration;
  }

  /**
   * Runs until it is stopped.
   *
   * @param args the API's address, Kafka's servers, the topic, a directory for checkpoints, and, to
   *     go on from one of these, its directory
   */
  public static void main(String[] args) throws Exception {
    Configuration configuration = configuration(Path.of(args[3]).toUri().toString());
    if (args.length > 4) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, Path.of(args[4]).toUri().toString());
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    env.enableCheckpointing(CHECKPOINT_MILLIS);
    env.fromSource(IncrementalId.source(args[0]), WatermarkStrategy.noWatermarks(), "events")
        .uid("events")
        .sinkTo(sink(args[1], args[2]))
        .uid("kafka");
    var unused = env.execute("events to Kafka");
  }
}
