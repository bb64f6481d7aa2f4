package io.reststream.flink;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An API that knows users by their ids, and how many are asked for at a time. */
final class UserApi implements AutoCloseable {
  /** Whom it does not know. */
  static final long UNKNOWN = 404;

  private final FakeApi api = FakeApi.start();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  UserApi() {
    api.serve("/users", UserApi::user);
    api.beforeAnswer(request -> most.accumulateAndGet(underWay.incrementAndGet(), Math::max));
    api.afterAnswer(request -> underWay.decrementAndGet());
  }

  private static Answer user(Request request) {
    long id = Long.parseLong(String.valueOf(request.param("id")));
    return id == UNKNOWN
        ? Answer.status(404).body("nobody")
        : Answer.json("{\"name\":\"u%d\",\"age\":%d}".formatted(id, 20 + id));
  }

  FakeApi api() {
    return api;
  }

  /** Holds answers for a moment, which ends once more requests than allowed are under way. */
  void holdForMoreThan(int allowed) {
    CountDownLatch more = new CountDownLatch(1);
    api.beforeAnswer(
        request -> {
          if (underWay.get() > allowed) {
            more.countDown();
          }
          try {
            var unused = more.await(50, TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** How many requests were under way at a time at most. */
  int most() {
    return most.get();
  }

  @Override
  public void close() {
    api.close();
  }
}
