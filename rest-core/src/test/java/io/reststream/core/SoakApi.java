package io.reststream.core;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Request;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The API of {@link SoakTest}, which spoils one answer in ten, as a process of its own: the JDK's
 * server keeps about 16 KB of each connection that a fault has cut, and that is not to be taken for
 * a leak of the client's. Says its address on the standard output; once the standard input has
 * ended, says how often it answered 304, and ends.
 */
final class SoakApi {
  static final int STREAMS = 4;

  private static final int PAGE = 100;

  private final long[] asked = new long[STREAMS];
  private final long[] published = new long[STREAMS];
  private long unchanged;

  private SoakApi() {}

  /** The seconds after which it ends in any case. */
  public static void main(String[] args) throws Exception {
    endAfter(Duration.ofSeconds(Long.parseLong(args[0])));
    SoakApi answers = new SoakApi();
    try (FakeApi api = FakeApi.start().withoutLog();
        BufferedReader parent =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      api.serve("/items", answers::answer);
      api.faultsAtRandom(
          1,
          0.1,
          Fault.status(503),
          Fault.tooManyRequests("0.002"),
          Fault.reset(),
          Fault.truncated(),
          Fault.drip(8, Duration.ofMillis(50)),
          Fault.html(),
          Fault.malformed());
      System.out.println(api.url());
      parent.lines().forEach(line -> {});
      System.out.println(answers.unchanged());
    }
    Runtime.getRuntime().halt(0);
  }

  private static void endAfter(Duration limit) {
    Thread watch =
        new Thread(
            () -> {
              try {
                TimeUnit.NANOSECONDS.sleep(limit.toNanos());
              } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(1);
            },
            "limit");
    watch.setDaemon(true);
    watch.start();
  }

  private synchronized long unchanged() {
    return unchanged;
  }

  /** Publishes up to three pages more at a question, or nothing; keeps no record. */
  private Answer answer(Request request) {
    int feed = Integer.parseInt(String.valueOf(request.param("feed")));
    long since = Math.max(1, Long.parseLong(String.valueOf(request.param("start_id"))));
    long end;
    synchronized (this) {
      published[feed] +=
          switch ((int) (++asked[feed] % 7)) {
            case 0 -> 3L * PAGE;
            case 1, 2 -> asked[feed] % 50;
            default -> 0;
          };
      end = Math.min(published[feed] + 1, since + PAGE);
    }
    String tag = "\"%d-%d\"".formatted(since, end);
    if (tag.equals(request.header("If-None-Match"))) {
      synchronized (this) {
        unchanged++;
      }
      return Answer.status(304).header("ETag", tag);
    }
    StringBuilder body = new StringBuilder("{\"data\":[");
    for (long id = since; id < end; id++) {
      body.append(id == since ? "" : ",")
          .append("{\"id\":")
          .append(id)
          .append(",\"text\":\"the quick brown fox jumps over the lazy dog, again and again\"}");
    }
    return Answer.json(body.append("]}").toString()).header("ETag", tag);
  }
}
