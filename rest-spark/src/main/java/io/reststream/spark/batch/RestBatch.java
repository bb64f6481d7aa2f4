package io.reststream.spark.batch;

import io.reststream.core.RestConfig;
import io.reststream.core.Stretch;
import io.reststream.core.config.RestOptions;
import io.reststream.spark.read.RowFormat;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * One cycle of each input, each read by a task of its own, or by as many tasks as there may be
 * requests at a time. Of windows, those that are closed when the batch is planned, cut into
 * stretches with a task each.
 */
public final class RestBatch implements Batch {
  private final RestConfig config;
  private final RowFormat format;
  private final int limit;
  private final Instant planned;

  /**
   * A batch.
   *
   * @param limit how many rows each task gives at most
   */
  public RestBatch(RestConfig config, RowFormat format, int limit) {
    this(config, format, limit, InstantSource.system());
  }

  RestBatch(RestConfig config, RowFormat format, int limit, InstantSource clock) {
    // Spark may plan more than once, and each time the same must come of it.
    this.planned = clock.instant();
    this.config = config;
    this.format = format;
    this.limit = limit;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    int most = config.find(RestOptions.MAX_CONCURRENT_REQUESTS).orElse(Integer.MAX_VALUE);
    List<Stretch> stretches = Stretch.of(config, planned);
    List<CyclePartition.Read> reads =
        config.inputs().stream()
            .flatMap(
                input ->
                    stretches.stream()
                        .map(part -> new CyclePartition.Read(input, part.start().json())))
            .toList();
    return CyclePartition.of(reads, most);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new CycleReaderFactory(config, format, limit);
  }
}
