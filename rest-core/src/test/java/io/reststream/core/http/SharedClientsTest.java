package io.reststream.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Fault;
import io.reststream.testkit.Gate;
import io.reststream.testkit.process.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transports that share their client. */
@Timeout(120)
class SharedClientsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(10);

  @TempDir Path directory;

  @Test
  void transportsOneAfterTheOtherGoOnWithOneClientWhichEndsAfterThem() throws Exception {
    LiveThreads threads = new LiveThreads();
    SharedClients clients = new SharedClients(SHORT.plusSeconds(1));
    try (FakeApi api = FakeApi.start()) {
      api.serve("/x", request -> Answer.json("[1]"));
      Set<Thread> seen = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        try (JdkTransport transport = JdkTransport.shared(Sending.USUAL, clients)) {
          assertThat(Sending.text(transport, api.url("/x"))).isEqualTo("[1]");
        }
        seen.addAll(threads.since());
      }
      assertThat(LiveThreads.selectors(seen)).isEqualTo(1);
      threads.awaitEnd();
    }
  }

  @Test
  void aClientHasAFewUsersAtATimeAndEndsWithTheLast() throws Exception {
    LiveThreads threads = new LiveThreads();
    SharedClients clients = new SharedClients(SHORT);
    List<SharedClients.Shared> taken = new ArrayList<>();
    for (int i = 0; i < 2 * SharedClients.MOST_USERS + 1; i++) {
      taken.add(clients.take(Sending.USUAL));
    }
    assertThat(new HashSet<>(taken)).hasSize(3);
    assertThat(LiveThreads.selectors(threads.since())).isEqualTo(3);

    SharedClients.Shared kept = taken.remove(0);
    taken.forEach(SharedClients.Shared::giveBack);
    Client client = kept.client();
    assertThat(clients.take(Sending.USUAL).client()).isSameAs(client);
    Until.holds(
        "clients that nobody uses end",
        LIMIT,
        () -> {
          System.gc();
          return LiveThreads.selectors(threads.since()) == 1;
        });
    assertThat(client.http()).isNotNull();
    kept.giveBack();
    kept.giveBack(); // the one that was taken again
    threads.awaitEnd();
    assertThat(client.http()).isNull();
    assertThat(clients.take(Sending.USUAL).client()).isNotSameAs(client);
  }

  @Test
  void aTransportThatIsClosedEndsItsOwnRequestsOnly() throws Exception {
    SharedClients clients = new SharedClients(LONG);
    try (FakeApi api = FakeApi.start()) {
      api.serve("/x", request -> Answer.json("[1]"));
      Gate gate = new Gate();
      api.fault(Fault.held(gate), Fault.held(gate));
      JdkTransport one = JdkTransport.shared(Sending.USUAL, clients);
      JdkTransport other = JdkTransport.shared(Sending.USUAL, clients);
      CompletableFuture<RestResponse> ends = one.send(Sending.get(api.url("/x")));
      CompletableFuture<RestResponse> goesOn = other.send(Sending.get(api.url("/x")));
      gate.awaitArrivals(2, Sending.LONG);
      one.close();
      one.close();
      assertThat(Sending.failure(ends)).hasMessage("the transport was closed");
      assertThat(Sending.failure(one, api.url("/x"))).hasMessage("the transport was closed");
      gate.open();
      assertThat(goesOn.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
      assertThat(Sending.text(other, api.url("/x"))).isEqualTo("[1]");
      other.close();
    }
  }

  @Test
  void aProxyAndItsUserAndFilesAsTheyAreNowMakeAnotherClient() throws Exception {
    TlsSettings tls = Certificates.trusting(directory);
    Set<String> keys = new HashSet<>();
    keys.add(Sending.USUAL.clientKey());
    keys.add(TransportSettings.of(Duration.ofSeconds(7)).clientKey());
    keys.add(Sending.through(ProxySettings.of("h", 1), TlsSettings.USUAL).clientKey());
    keys.add(Sending.through(ProxySettings.of("h", 2), TlsSettings.USUAL).clientKey());
    keys.add(proxied("me", "secret").clientKey());
    keys.add(proxied("me", "rotated").clientKey());
    keys.add(proxied("you", "secret").clientKey());
    keys.add(Sending.secured(tls, HttpVersion.AUTO).clientKey());
    String trusted = tls.trust().path();
    keys.add(Sending.secured(identity(trusted, "a"), HttpVersion.AUTO).clientKey());
    keys.add(Sending.secured(identity(trusted, "b"), HttpVersion.AUTO).clientKey());
    Files.writeString(Path.of(trusted), Files.readString(Path.of(trusted)) + "\n");
    keys.add(Sending.secured(tls, HttpVersion.AUTO).clientKey());

    assertThat(keys).hasSize(11).allMatch(key -> key.matches("[0-9a-f]{64}"));
    assertThat(Sending.limited(5).clientKey()).isEqualTo(Sending.USUAL.clientKey());
    assertThat(proxied("me", "secret").clientKey()).isEqualTo(proxied("me", "secret").clientKey());
  }

  private static TransportSettings proxied(String user, String password) {
    return Sending.through(new ProxySettings("h", 1, user, () -> password), TlsSettings.USUAL);
  }

  private static TlsSettings identity(String path, String password) {
    return new TlsSettings(null, new KeyStoreFiles(path, null, () -> password));
  }
}
