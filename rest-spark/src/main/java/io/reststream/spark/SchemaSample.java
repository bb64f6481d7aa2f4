package io.reststream.spark;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.RestConfig;
import io.reststream.core.RestException;
import io.reststream.core.RestPoller;
import io.reststream.core.Wait;
import io.reststream.core.Waiter;
import io.reststream.core.config.OnError;
import io.reststream.core.config.RestOptions;
import io.reststream.core.http.RedactedUrl;
import io.reststream.spark.call.CallRead;
import io.reststream.spark.decode.RecordFormat;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of an API's records in a sample of them. It asks for the first pages of the
 * inputs, one after the other, until it has enough.
 */
final class SchemaSample {
  static final int MOST_RECORDS = 1000;
  static final int MOST_PAGES = 10;

  /** An API that wants to be asked later is waited for so long. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  private static final int MOST_KEPT = 100;
  private static final String NO_RECORD = "the answers for the first rows held no record";

  /**
   * The last samples by the options of their reads, since Spark 4 analyses a stream anew to explain
   * it.
   */
  private static final Map<Map<String, String>, StructType> KEPT =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Map<String, String>, StructType> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private final RestConfig config;
  private final List<String> records = new ArrayList<>();
  private int pages;

  private SchemaSample(RestConfig config) {
    this.config = config;
  }

  /**
   * The schema of a sample: of a new one for {@code load()}, of the last one where a plan is only
   * shown.
   *
   * @throws RestException if the API gives no record that has columns
   */
  static StructType of(Map<String, String> options) {
    return of(
        options,
        () -> {
          RestConfig config = SparkOptions.parseForSample(options);
          return new SchemaSample(config).polled(config.inputs(), false, "%d pages held no record");
        });
  }

  /** The same for a read of calls, whose sample are the answers for its first rows. */
  static StructType of(Map<String, String> options, CallRead read) {
    return of(
        options,
        () -> {
          SchemaSample sample = new SchemaSample(read.config());
          return read.isKept() ? sample.kept(read) : sample.called(read);
        });
  }

  private static StructType of(Map<String, String> options, Supplier<StructType> sample) {
    StructType kept;
    synchronized (KEPT) {
      kept = KEPT.get(options);
    }
    if (kept != null && isExplained()) {
      return kept;
    }
    StructType schema = sample.get();
    synchronized (KEPT) {
      KEPT.put(Map.copyOf(options), schema);
    }
    return schema;
  }

  /** Spark says nowhere else what it asks for a schema for. */
  private static boolean isExplained() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("explainString")));
  }

  /** Asks for the rows as calls are asked for, but no more pages than of a stream. */
  private StructType called(CallRead read) {
    boolean skips = config.value(OnError.OPTION) != OnError.FAIL;
    return polled(read.firstInputs(MOST_PAGES), skips, NO_RECORD);
  }

  private StructType kept(CallRead read) {
    try {
      records.addAll(read.keptSample(MOST_RECORDS));
    } catch (Exception e) { // Spark's own is a checked one that it does not declare
      throw problem("but failed: " + sentence(reason(e)), e);
    }
    if (records.isEmpty()) {
      throw problem("but " + NO_RECORD, null);
    }
    return schema();
  }

  /** Ours, which Spark tells of as the cause of a job's end. */
  private static Throwable reason(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof RestException) {
        return one;
      }
    }
    return failure;
  }

  /**
   * Asks for the pages.
   *
   * @param skips whether an input that fails is left out
   * @param nothing what the problem is where there is no record; may quote the number of pages
   */
  private StructType polled(Collection<Input> inputs, boolean skips, String nothing) {
    try (RestPoller poller = RestPoller.openShared(config)) {
      Waiter waiter = Waiter.blocking(poller.clock());
      Instant end = poller.clock().instant().plus(LONGEST);
      for (Input input : inputs) {
        if (isFull()) {
          break;
        }
        try {
          sample(poller, input, waiter, end);
        } catch (RestException e) {
          if (!skips) {
            throw e;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("inferSchema was interrupted");
      interrupted.initCause(e);
      throw new UncheckedIOException(interrupted);
    }
    if (records.isEmpty()) {
      throw problem("but " + nothing.formatted(pages), null);
    }
    return schema();
  }

  private StructType schema() {
    StructType schema = RecordFormat.infer(records, config);
    if (schema.fields().length == 0) {
      throw problem(
          "but found no columns in %d records, of which the first is %s"
              .formatted(records.size(), shortened(records.get(0))),
          null);
    }
    return schema;
  }

  private void sample(RestPoller poller, Input input, Waiter waiter, Instant end)
      throws InterruptedException {
    Position position = poller.start();
    do {
      Polled polled = poll(poller, input, position);
      if (polled instanceof Page page) {
        pages++;
        position = page.next();
        for (int i = 0; i < page.records().size() && records.size() < MOST_RECORDS; i++) {
          records.add(page.records().text(i));
        }
        if (position.betweenCycles()) {
          return;
        }
      } else if (polled instanceof Wait wait) {
        if (wait.caughtUp()) {
          return;
        }
        if (wait.until().isAfter(end)) {
          throw problem("but may not ask before %s: %s".formatted(wait.until(), wait.why()), null);
        }
        waiter.await(wait.until());
      }
    } while (!isFull());
  }

  private Polled poll(RestPoller poller, Input input, Position position) {
    try {
      return poller.poll(input, position).join();
    } catch (CompletionException e) {
      throw problem("but failed: " + sentence(e.getCause()), e.getCause());
    } catch (RestException e) {
      throw problem("but failed: " + sentence(e), e);
    }
  }

  private boolean isFull() {
    return records.size() >= MOST_RECORDS || pages >= MOST_PAGES;
  }

  private RestException problem(String what, @Nullable Throwable cause) {
    return new RestException(
        "Option 'inferSchema' asked %s for a sample, %s. Give the columns with .schema(...), or leave 'inferSchema' out."
            .formatted(RedactedUrl.of(config.value(RestOptions.URL)), what),
        cause);
  }

  private static String sentence(@Nullable Throwable problem) {
    String message = problem == null ? "it ended" : String.valueOf(problem.getMessage());
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static String shortened(String record) {
    return record.length() <= 100 ? record : record.substring(0, 100) + "...";
  }
}
