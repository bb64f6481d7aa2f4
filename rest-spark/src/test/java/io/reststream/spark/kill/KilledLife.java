package io.reststream.spark.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Feed;
import io.reststream.testkit.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One checkpoint, and the query on it that is killed and started again until it is read out. */
final class KilledLife implements AutoCloseable {
  /** The local file system, as the page log has it and as any other. */
  static final List<String> LOCAL = List.of("file:", MomentFileSystem.SCHEME + ":");

  private final FakeApi api = FakeApi.start();
  private final Path directory;
  private final List<String> files;
  private final Checkpoint checkpoint;
  private final Kills kills;
  private final Random appends;
  private final AtomicInteger requestsLeft = new AtomicInteger(-1);
  private volatile boolean appending = true;
  private String classPath = System.getProperty("java.class.path");
  private volatile @Nullable QueryProcess running;

  /**
   * A life that has not begun.
   *
   * @param files what may stand before a path of the checkpoint: {@link #LOCAL}, or another file
   *     system
   */
  KilledLife(Path directory, Kills kills, List<String> files) {
    this.directory = directory;
    this.files = files;
    this.checkpoint = new Checkpoint(files.get(0) + directory.resolve("checkpoint"));
    this.kills = kills;
    this.appends = new Random(kills.draw(Integer.MAX_VALUE));
    for (Source source : Source.values()) {
      api.serve(source.endpointNeverTheSame(kills.draw(Integer.MAX_VALUE)));
    }
    Source.feeds().forEach(feed -> append(api.feed(feed), 40));
    api.beforeAnswer(this::killInTheMiddle);
    api.afterAnswer(request -> appendSome());
  }

  /** Records with ties in time, of different lengths, and with text outside ASCII. */
  private synchronized void append(Feed feed, int count) {
    List<String> records = new ArrayList<>();
    int published = feed.published().size();
    for (int id = published + 1; id <= published + count; id++) {
      String text = "\u2713 ".repeat(appends.nextInt(id % 50 == 0 ? 5_000 : 20));
      records.add("{\"id\":%d,\"ts\":%d,\"text\":\"%s\"}".formatted(id, 1000 + id * 2 / 3, text));
    }
    feed.append(records);
  }

  private void appendSome() {
    if (appending) {
      List<String> feeds = Source.feeds();
      append(api.feed(feeds.get(appends.nextInt(feeds.size()))), appends.nextInt(4));
    }
  }

  private void killInTheMiddle(Request request) {
    QueryProcess query = running;
    if (query != null && requestsLeft.getAndDecrement() == 0) {
      query.killAtOnce();
      query.awaitDeath();
    }
  }

  /** From now on another Spark runs the query; that of the tests, until this is said. */
  void runWith(String classPath) {
    this.classPath = classPath;
  }

  /** Starts the query and kills it at the next moment. */
  void kill() throws Exception {
    Moment moment = kills.next(checkpoint.committed() >= 0);
    int passes = kills.draw(moment.most() + 1);
    String root = files.get(kills.draw(files.size()));
    requestsLeft.set(moment == Moment.FETCH ? passes : -1);
    Set<String> before = new HashSet<>(checkpoint.segments());
    long committed = checkpoint.committed();
    try (QueryProcess query =
        QueryProcess.start(classPath, api.url(), directory, root, false, moment, passes)) {
      running = query;
      if (moment == Moment.ANYWHERE) {
        awaitCommit(query, committed);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(kills.draw(1_000_000)));
        query.killAtOnce();
      } else if (moment == Moment.APPEND && root.equals("file:")) {
        awaitSegments(query, before, passes);
        query.killAtOnce();
      }
      query.killAtItsMoment();
    } finally {
      running = null;
      requestsLeft.set(-1);
    }
    kills.count(judged(moment, root));
  }

  private void awaitCommit(QueryProcess query, long committed) throws IOException {
    while (query.isAlive() && checkpoint.committed() <= committed) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** The page log writes to local files by itself, so a segment shows when it comes to be. */
  private void awaitSegments(QueryProcess query, Set<String> before, int passes)
      throws IOException {
    for (int seen = 0; query.isAlive() && seen <= passes; ) {
      for (String segment : checkpoint.segments()) {
        seen += before.add(segment) ? 1 : 0;
      }
    }
  }

  /** The moment that the files bear witness to. */
  private Moment judged(Moment moment, String root) throws IOException {
    boolean planned = checkpoint.planned() > checkpoint.committed();
    switch (moment) {
      case TASK, SINK, UNCOMMITTED -> assertThat(planned).as("planned at %s", moment).isTrue();
      case APPENDED, COMMITTED -> assertThat(planned).as("planned at %s", moment).isFalse();
      case APPEND -> {
        if (root.equals("file:")) {
          return planned ? Moment.ANYWHERE : moment;
        }
        assertThat(planned).as("planned at %s", moment).isFalse();
      }
      case FETCH, RECOVERY, ANYWHERE -> {}
    }
    return moment;
  }

  /** Reads to the end what there is, without being killed. */
  void drain() throws Exception {
    appending = false;
    for (Source source : Source.values()) {
      api.serve(source.endpoint());
    }
    try (QueryProcess query =
        QueryProcess.start(
            classPath, api.url(), directory, files.get(0), true, Moment.ANYWHERE, 0)) {
      query.awaitEnd();
    }
  }

  /** What the API has published. */
  List<String> published() {
    return api.published().stream().map(record -> record.feed() + " " + record.json()).toList();
  }

  @Override
  public void close() {
    api.close();
  }
}
