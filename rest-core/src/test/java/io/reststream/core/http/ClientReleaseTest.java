package io.reststream.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transport took, it gives back: JDK 17's client has no close of its own. */
@Timeout(120)
class ClientReleaseTest {
  @Test
  void closedTransportLeavesNoThread() throws Exception {
    LiveThreads threads = new LiveThreads();
    try (FakeApi api = FakeApi.start()) {
      api.serve("/x", request -> Answer.json("[1]"));
      JdkTransport transport = new JdkTransport(Sending.USUAL);
      Sending.text(transport, api.url("/x"));
      Set<Thread> taken = threads.since();
      assertThat(taken.stream().map(Thread::getName))
          .anyMatch(name -> name.matches("HttpClient-\\d+-SelectorManager"))
          .anyMatch(name -> name.matches("reststream-http-\\d+"));
      transport.close();
      LiveThreads.awaitEnd(taken);
      assertThat(Sending.failure(transport, api.url("/x"))) // which is reachable all the time
          .hasMessage("the transport was closed");
    }
  }

  @Test
  void transportClosedInTheMiddleLeavesNoThread() throws Exception {
    LiveThreads threads = new LiveThreads();
    try (FakeApi api = FakeApi.start()) {
      api.serve("/x", request -> Answer.json("[1,2,3]"));
      Gate gate = new Gate();
      api.fault(Fault.held(gate), Fault.stalled(gate));
      JdkTransport transport = new JdkTransport(Sending.USUAL);
      CompletableFuture<RestResponse> held = transport.send(Sending.get(api.url("/x")));
      CompletableFuture<RestResponse> stalled = transport.send(Sending.get(api.url("/x")));
      gate.awaitArrivals(2, Sending.LONG);
      Set<Thread> taken = threads.since();
      transport.close();
      assertThat(Sending.failure(held)).hasMessage("the transport was closed");
      assertThat(Sending.failure(stalled)).hasMessage("the transport was closed");
      LiveThreads.awaitEnd(taken);
      threads.awaitEnd();
    }
  }

  @Test
  void fiftyTransportsLeaveAsManyThreadsAsNone() throws Exception {
    LiveThreads threads = new LiveThreads();
    try (FakeApi api = FakeApi.start()) {
      api.serve("/x", request -> Answer.json("[1]"));
      for (int i = 0; i < 50; i++) {
        try (JdkTransport transport = new JdkTransport(Sending.USUAL)) {
          Sending.text(transport, api.url("/x"));
        }
      }
      threads.awaitEnd();
    }
  }
}
