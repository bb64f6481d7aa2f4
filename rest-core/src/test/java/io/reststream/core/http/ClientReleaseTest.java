package io.reststream.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transport took, it gives back: JDK 17's client has no close of its own. */
@Timeout(120)
class ClientReleaseTest {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static Set<Thread> clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("HttpClient-")
                    || thread.getName().startsWith("reststream-"))
        .collect(Collectors.toSet());
  }

  /** Waits until the threads have ended; a client's selector looks up every few seconds. */
  private static void awaitEnd(Set<Thread> threads) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        assertThat(System.nanoTime()).as("%s still runs", thread).isLessThan(deadline);
        System.gc();
        thread.join(100);
      }
    }
  }

  private static Set<Thread> since(Set<Thread> before) {
    Set<Thread> threads = new HashSet<>(clientThreads());
    threads.removeAll(before);
    return threads;
  }

  @Test
  void closedTransportLeavesNoThread() throws Exception {
    Set<Thread> before = clientThreads();
    try (FakeApi api = FakeApi.start()) {
      api.serve("/x", request -> Answer.json("[1]"));
      JdkTransport transport = new JdkTransport(Sending.USUAL);
      Sending.text(transport, api.url("/x"));
      Set<Thread> threads = since(before);
      assertThat(threads.stream().map(Thread::getName))
          .anyMatch(name -> name.matches("HttpClient-\\d+-SelectorManager"))
          .anyMatch(name -> name.matches("reststream-http-\\d+"));
      transport.close();
      awaitEnd(threads);
      assertThat(Sending.failure(transport, api.url("/x"))) // which is reachable all the time
          .hasMessage("the transport was closed");
    }
  }

  @Test
  void transportClosedInTheMiddleLeavesNoThread() throws Exception {
    Set<Thread> before = clientThreads();
    try (FakeApi api = FakeApi.start()) {
      api.serve("/x", request -> Answer.json("[1,2,3]"));
      Gate gate = new Gate();
      api.fault(Fault.held(gate), Fault.stalled(gate));
      JdkTransport transport = new JdkTransport(Sending.USUAL);
      CompletableFuture<RestResponse> held = transport.send(Sending.get(api.url("/x")));
      CompletableFuture<RestResponse> stalled = transport.send(Sending.get(api.url("/x")));
      gate.awaitArrivals(2, Sending.LONG);
      Set<Thread> threads = since(before);
      transport.close();
      assertThat(Sending.failure(held)).hasMessage("the transport was closed");
      assertThat(Sending.failure(stalled)).hasMessage("the transport was closed");
      awaitEnd(threads);
      awaitEnd(since(before));
    }
  }

  @Test
  void fiftyTransportsLeaveAsManyThreadsAsNone() throws Exception {
    Set<Thread> before = clientThreads();
    try (FakeApi api = FakeApi.start()) {
      api.serve("/x", request -> Answer.json("[1]"));
      for (int i = 0; i < 50; i++) {
        try (JdkTransport transport = new JdkTransport(Sending.USUAL)) {
          Sending.text(transport, api.url("/x"));
        }
      }
      awaitEnd(since(before));
    }
  }
}
