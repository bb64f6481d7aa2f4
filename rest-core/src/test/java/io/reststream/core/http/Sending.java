package io.reststream.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reststream.core.RequestException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Requests as tests of the transport make them. */
final class Sending {
  static final Duration LONG = Duration.ofSeconds(30);
  static final TransportSettings USUAL = TransportSettings.of(LONG);

  private Sending() {}

  static RestRequest get(String url) {
    return get(url, Map.of(), LONG);
  }

  static RestRequest get(String url, Map<String, String> headers, Duration timeout) {
    return new RestRequest("GET", URI.create(url), headers, null, timeout);
  }

  static RestResponse answer(Transport transport, RestRequest request) throws Exception {
    return transport.send(request).get(30, TimeUnit.SECONDS);
  }

  static String text(Transport transport, String url) throws Exception {
    return new String(answer(transport, get(url)).body(), UTF_8);
  }

  /** Why a request fails, without the request's name where that stands before it. */
  static Throwable failure(CompletableFuture<RestResponse> answer) {
    Throwable failure = catchThrowable(() -> answer.get(30, TimeUnit.SECONDS)).getCause();
    return failure instanceof RequestException ? failure.getCause() : failure;
  }

  static Throwable failure(Transport transport, String url) {
    return failure(transport.send(get(url)));
  }

  static TransportSettings limited(int maxResponseBytes) {
    return new TransportSettings(
        LONG, HttpVersion.AUTO, maxResponseBytes, null, TlsSettings.USUAL, OriginRule.NONE);
  }

  static TransportSettings allowing(String... origins) {
    OriginRule rule = OriginRule.NONE;
    for (String origin : origins) {
      rule = rule.with(URI.create(origin));
    }
    return new TransportSettings(
        LONG, HttpVersion.AUTO, USUAL.maxResponseBytes(), null, TlsSettings.USUAL, rule);
  }

  static TransportSettings through(ProxySettings proxy, TlsSettings tls) {
    return new TransportSettings(
        LONG, HttpVersion.AUTO, USUAL.maxResponseBytes(), proxy, tls, OriginRule.NONE);
  }

  static TransportSettings secured(TlsSettings tls, HttpVersion version) {
    return new TransportSettings(
        LONG, version, USUAL.maxResponseBytes(), null, tls, OriginRule.NONE);
  }
}
