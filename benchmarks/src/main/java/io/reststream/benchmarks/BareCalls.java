package io.reststream.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** The measure of calls: a loop of the JDK's client that has so many requests under way. */
final class BareCalls {
  private static final double NANOS = 1e9;

  private BareCalls() {}

  /** The requests per second of {@code rows} calls, each of the address and a number behind it. */
  static double perSecond(String url, long rows, int atOnce) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    Semaphore free = new Semaphore(atOnce);
    AtomicLong failed = new AtomicLong();
    long start = System.nanoTime();
    for (long id = 0; id < rows; id++) {
      free.acquire();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + id)).timeout(Duration.ofSeconds(60)).build();
      var unused =
          client
              .sendAsync(request, BodyHandlers.ofString())
              .whenComplete(
                  (answer, failure) -> {
                    if (failure != null || answer.statusCode() != 200) {
                      failed.incrementAndGet();
                    }
                    free.release();
                  });
    }
    free.acquire(atOnce);
    double perSecond = rows * NANOS / (System.nanoTime() - start);
    if (failed.get() > 0) {
      throw new IllegalStateException(failed + " bare requests failed");
    }
    return perSecond;
  }
}
