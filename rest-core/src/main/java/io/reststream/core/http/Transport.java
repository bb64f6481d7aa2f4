package io.reststream.core.http;

import java.util.concurrent.CompletableFuture;

/**
 * Carries a request to the API and its answer back. One transport serves many requests at a time.
 * Tests pass their own.
 */
public interface Transport extends AutoCloseable {

  /**
   * Sends a request. The future holds the whole answer, whatever its status; it completes
   * exceptionally with an {@link java.io.IOException} when there is none, and with a {@link
   * io.reststream.core.RestException} when asking again would not help. Cancelling it aborts the
   * exchange.
   */
  CompletableFuture<RestResponse> send(RestRequest request);

  /** Ends every exchange that is under way. */
  @Override
  void close();
}
