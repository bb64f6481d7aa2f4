package io.reststream.core.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The clients that transports of this process share, by what they must have in common. A client
 * that nobody uses any more ends a little later, so that tasks that follow each other go on with
 * its connections.
 */
final class SharedClients {
  static final SharedClients OF_THIS_PROCESS = new SharedClients(Duration.ofSeconds(5));

  /**
   * A server of HTTP/2 allows perhaps a hundred requests at a time on a connection, and JDK 17's
   * client opens no second one, but fails.
   */
  static final int MOST_USERS = 4;

  private final Duration idle;
  private final Map<String, List<Shared>> clients = new HashMap<>();

  /**
   * Clients to share.
   *
   * @param idle how long a client stays that nobody uses
   */
  SharedClients(Duration idle) {
    this.idle = idle;
  }

  /** A client, until it is given back. */
  final class Shared {
    private final String key;
    private final Client client;
    private int users;
    private @Nullable Future<?> end;

    private Shared(String key, Client client) {
      this.key = key;
      this.client = client;
    }

    Client client() {
      return client;
    }

    private void use() {
      users++;
      if (end != null) {
        end.cancel(false);
        end = null;
      }
    }

    /** One user less. */
    void giveBack() {
      synchronized (SharedClients.this) {
        users--;
        if (users == 0) {
          end = client.after(idle, this::endIfIdle);
        }
      }
    }

    private void endIfIdle() {
      synchronized (SharedClients.this) {
        if (users > 0) {
          return; // taken when the time was just over
        }
        List<Shared> alike = clients.getOrDefault(key, List.of());
        alike.remove(this);
        if (alike.isEmpty()) {
          clients.remove(key);
        }
      }
      client.end();
    }
  }

  /**
   * A client for a transport with these settings.
   *
   * @throws io.reststream.core.RestException if a file of keys or certificates cannot be used
   */
  Shared take(TransportSettings settings) {
    return take(settings.clientKey(), settings);
  }

  private synchronized Shared take(String key, TransportSettings settings) {
    for (Shared one : clients.getOrDefault(key, List.of())) {
      if (one.users < MOST_USERS) {
        one.use();
        return one;
      }
    }
    Shared one = new Shared(key, new Client(settings));
    one.use();
    clients.computeIfAbsent(key, unused -> new ArrayList<>()).add(one);
    return one;
  }
}
