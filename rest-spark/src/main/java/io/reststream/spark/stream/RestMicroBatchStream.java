package io.reststream.spark.stream;

import io.reststream.core.Counters;
import io.reststream.core.Input;
import io.reststream.core.Position;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RedactedUrl;
import io.reststream.spark.log.HadoopStore;
import io.reststream.spark.log.LogStore;
import io.reststream.spark.log.PageLog;
import io.reststream.spark.log.Place;
import io.reststream.spark.read.LogPartitions;
import io.reststream.spark.read.LogReaderFactory;
import io.reststream.spark.read.RowFormat;
import io.reststream.spark.read.ShippedConfiguration;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadAllAvailable;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReportsSourceMetrics;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.jspecify.annotations.Nullable;

/**
 * A REST API as a stream of micro-batches. Pages are fetched by the driver into the {@link PageLog}
 * under the checkpoint, and only then offered to Spark; tasks read the log. So every record is in
 * one batch, and a batch that is repeated holds the same records.
 */
public final class RestMicroBatchStream
    implements MicroBatchStream, SupportsTriggerAvailableNow, ReportsSourceMetrics {
  private final RestPoller poller;
  private final PageLog log;
  private final Fetcher fetcher;
  private final Moves moves;
  private final Settings settings;
  private final String url;
  private final int batchSize;
  private final RowFormat format;
  private final ShippedConfiguration conf;

  /**
   * What only Spark's streams are told.
   *
   * @param retainBatches how many committed batches stay in the page log
   * @param drainTimeout how long reading all that is there may take
   */
  public record Settings(int retainBatches, Optional<Duration> drainTimeout) {}

  private RestMicroBatchStream(
      RestPoller poller,
      PageLog log,
      Fetcher fetcher,
      Moves moves,
      Settings settings,
      String url,
      int batchSize,
      RowFormat format,
      ShippedConfiguration conf) {
    this.poller = poller;
    this.log = log;
    this.fetcher = fetcher;
    this.moves = moves;
    this.settings = settings;
    this.url = url;
    this.batchSize = batchSize;
    this.format = format;
    this.conf = conf;
  }

  /**
   * Opens the stream, and the page log under its checkpoint.
   *
   * @throws io.reststream.core.PositionException if the checkpoint was made with other options or
   *     inputs
   * @throws io.reststream.spark.log.PageLogException if the page log cannot be read or written
   */
  public static RestMicroBatchStream open(
      RestConfig config,
      Settings settings,
      RowFormat format,
      String checkpoint,
      Configuration conf) {
    return open(config, settings, format, store(checkpoint, conf), conf);
  }

  static RestMicroBatchStream open(
      RestConfig config, Settings settings, RowFormat format, LogStore store, Configuration conf) {
    RestPoller poller = RestPoller.open(config);
    try {
      List<String> inputs = config.inputs().stream().map(Input::json).toList();
      PageLog log =
          PageLog.open(
              store, poller.start().json(), inputs, settings.retainBatches(), poller.clock());
      int batchSize = config.value(RestOptions.BATCH_SIZE);
      Map<Input, Position> positions = positions(config, poller, log);
      Fetcher fetcher =
          new Fetcher(
              poller::poll,
              poller.clock(),
              batchSize,
              config.find(RestOptions.MAX_CONCURRENT_REQUESTS).orElse(Fetcher.USUAL_REQUESTS),
              positions);
      return new RestMicroBatchStream(
          poller,
          log,
          fetcher,
          new Moves(log, poller.clock(), positions),
          settings,
          RedactedUrl.of(config.value(RestOptions.URL)),
          batchSize,
          format,
          new ShippedConfiguration(conf));
    } catch (RuntimeException e) {
      poller.close();
      throw e;
    }
  }

  private static LogStore store(String checkpoint, Configuration conf) {
    try {
      return HadoopStore.at(checkpoint, conf);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the checkpoint location " + checkpoint, e);
    }
  }

  private static Map<Input, Position> positions(RestConfig config, RestPoller poller, PageLog log) {
    poller.check(
        log.inputs().stream().map(Input::parse).toList(), input -> stored(input, poller, log));
    Map<Input, Position> positions = new LinkedHashMap<>();
    for (Input input : config.inputs()) {
      Position position = stored(input, poller, log);
      poller.check(position);
      positions.put(input, position);
    }
    return positions;
  }

  private static Position stored(Input input, RestPoller poller, PageLog log) {
    String stored = log.position(input.json());
    return stored == null ? poller.start() : Position.parse(stored);
  }

  @Override
  public Offset initialOffset() {
    return offset(Place.START);
  }

  @Override
  public Offset deserializeOffset(String json) {
    return RestOffset.parse(json);
  }

  @Override
  public ReadLimit getDefaultReadLimit() {
    return ReadLimit.maxRows(batchSize);
  }

  @Override
  public void prepareForTriggerAvailableNow() {
    fetcher.drain(settings.drainTimeout().orElse(null));
  }

  @Override
  public Offset latestOffset() {
    throw new UnsupportedOperationException("Spark calls latestOffset(Offset, ReadLimit) instead");
  }

  /** The end of the next batch; null as long as there never was a record. */
  @Override
  public @Nullable Offset latestOffset(Offset start, ReadLimit limit) {
    Place from = place(start);
    long wanted = ReadLimits.records(limit, batchSize);
    boolean all = limit instanceof ReadAllAvailable;
    if (all && !fetcher.isDraining()) {
      fetcher.drain(settings.drainTimeout().orElse(null));
    }
    long available = log.recordsAfter(from);
    boolean continues = false;
    boolean more = true;
    while (more && available < wanted) {
      Taken taken = take(Math.min(wanted - available, batchSize), all || available == 0);
      moves.add(taken);
      if (taken.records() > 0) {
        moves.append(taken.pages(), continues);
        available += taken.records();
        continues = true;
      } else {
        moves.save(taken.isFinished());
      }
      more = !taken.isFinished() && (all || (available == 0 && fetcher.isDraining()));
    }
    Place end = log.advance(from, wanted);
    return end.equals(Place.START) ? null : offset(end);
  }

  private Taken take(long wanted, boolean wait) {
    try {
      return fetcher.take(wanted, wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    } catch (CancellationException e) {
      throw stopped(e);
    }
  }

  /** What Spark takes for a stop, and not for a failure, while the query is being stopped. */
  private static UncheckedIOException stopped(Exception cause) {
    InterruptedIOException stopped = new InterruptedIOException("The query was stopped");
    stopped.initCause(cause);
    return new UncheckedIOException(stopped);
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    return LogPartitions.plan(log.ranges(place(start), place(end)));
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new LogReaderFactory(format, conf);
  }

  @Override
  public void commit(Offset end) {
    log.release(place(end));
  }

  /** What the stream has done since it was started, and where it stands. */
  @Override
  public Map<String, String> metrics(Optional<Offset> latestConsumedOffset) {
    Counters counters = poller.counters();
    Map<String, String> metrics = new LinkedHashMap<>();
    metrics.put("records", Long.toString(counters.records()));
    metrics.put("pages", Long.toString(counters.pages()));
    metrics.put("requests", Long.toString(counters.requests()));
    metrics.put("failures", Long.toString(counters.failures()));
    metrics.put("dropped", Long.toString(counters.dropped()));
    metrics.put("keysHeld", Long.toString(counters.keysHeld()));
    metrics.put("bytes", Long.toString(counters.bytes()));
    metrics.put("pageLogBytes", Long.toString(log.bytes()));
    latestConsumedOffset.ifPresent(
        offset -> metrics.put("pendingRecords", Long.toString(log.recordsAfter(place(offset)))));
    Instant lastPoll = fetcher.lastPoll();
    if (lastPoll != null) {
      metrics.put("lastPoll", lastPoll.toString());
    }
    Instant waitingUntil = fetcher.waitingUntil();
    if (waitingUntil != null) {
      metrics.put("waitingUntil", waitingUntil.toString());
    }
    return metrics;
  }

  /** What Spark shows as the description of the source; secrets hidden. */
  @Override
  public String toString() {
    return "rest " + url;
  }

  @Override
  public void stop() {
    fetcher.close();
    poller.close();
  }

  private Offset offset(Place place) {
    return new RestOffset(log.id(), place);
  }

  private Place place(Offset offset) {
    RestOffset own = RestOffset.of(offset);
    log.require(own.log(), own.place());
    return own.place();
  }
}
