package io.reststream.spark;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.spark.batch.RestBatch;
import io.reststream.spark.read.RowFormat;
import io.reststream.spark.stream.RestMicroBatchStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/** One read of a REST API: what it is read as is decided by {@code read} or {@code readStream}. */
final class RestScan implements Scan {
  private final Map<String, String> options;
  private final RowFormat rows;
  private final int limit;

  RestScan(Map<String, String> options, RowFormat rows, int limit) {
    this.options = options;
    this.rows = rows;
    this.limit = limit;
  }

  @Override
  public StructType readSchema() {
    return rows.columns();
  }

  @Override
  public String description() {
    return "rest";
  }

  @Override
  public Batch toBatch() {
    return new RestBatch(SparkOptions.parse(options, ReadMode.BATCH, isTyped()), rows, limit);
  }

  @Override
  public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
    RestConfig config = SparkOptions.parse(options, ReadMode.STREAM, isTyped());
    Configuration conf = hadoopConfiguration();
    return RestMicroBatchStream.open(
        config,
        new RestMicroBatchStream.Settings(
            config.value(SparkOptions.PAGE_LOG_RETAIN_BATCHES),
            config.find(SparkOptions.DRAIN_TIMEOUT)),
        rows,
        checkpointLocation,
        conf);
  }

  private boolean isTyped() {
    return rows.record() != null;
  }

  /**
   * The Hadoop configuration of Spark's own checkpoint files: what the session sets goes over what
   * the application was started with. Spark's method for it is not reachable in Spark 4.
   */
  private static Configuration hadoopConfiguration() {
    Configuration conf =
        new Configuration(SparkSession.active().sparkContext().hadoopConfiguration());
    SQLConf.get().settings().forEach(conf::set);
    return conf;
  }
}
