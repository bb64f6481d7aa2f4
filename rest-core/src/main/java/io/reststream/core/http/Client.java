package io.reststream.core.http;

import io.reststream.core.RestException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A client of the JDK with its pool of connections, and its threads. */
final class Client {
  private final ClientThreads threads = new ClientThreads();

  /** Null once it has ended: the JDK's ends its own thread when nobody can reach it any more. */
  private volatile @Nullable HttpClient http;

  /**
   * A client. Reads the files of keys and certificates, once.
   *
   * @throws RestException if one of them cannot be used
   */
  Client(TransportSettings settings) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads.workers());
    if (!settings.connectionTimeout().isZero()) {
      builder.connectTimeout(settings.connectionTimeout());
    }
    if (settings.proxy() != null) {
      builder.proxy(settings.proxy().selector());
    }
    SSLContext tls = settings.tls().read();
    if (tls != null) {
      builder.sslContext(tls);
    }
    http = builder.build();
  }

  /** The JDK's client; null once this one has ended. */
  @Nullable HttpClient http() {
    return http;
  }

  /** Does something after a time, unless the client has ended by then. */
  Future<?> after(Duration time, Runnable task) {
    return threads.deadlines().schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  void end() {
    http = null;
    threads.end();
  }
}
