package io.reststream.core.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The door of an API that wants a token: it issues them, forgets them sooner than it said, and lets
 * nobody pass without one.
 */
final class TokenDoor implements Transport {
  private static final String ADDRESS = "http://api.test/token";
  private static final AtomicLong CLIENTS = new AtomicLong();

  private final Transport api;
  private final Plan plan;
  private final Dice dice;
  private final ManualClock clock;
  private final Trace trace;

  /** Tokens are shared within a process, so that each life needs a client of its own. */
  private final String client = "life-" + CLIENTS.incrementAndGet();

  private final Map<String, Instant> ends = new HashMap<>();
  private boolean open;
  private boolean failed;

  TokenDoor(Transport api, Plan plan, Dice dice, ManualClock clock, Trace trace) {
    this.api = api;
    this.plan = plan;
    this.dice = dice;
    this.clock = clock;
    this.trace = trace;
  }

  /** The options by which a reader passes. */
  Map<String, String> options() {
    return plan.tokenSeconds == 0
        ? Map.of()
        : Map.of(
            "authType",
            "OAuth2",
            "oauthTokenUrl",
            ADDRESS,
            "oauthClientId",
            client,
            "oauthClientSecret",
            "the secret of " + client);
  }

  /** Issues a token whenever it is asked for one, from now on. */
  void quiet() {
    open = true;
  }

  /** Whether the last request ended here, without an answer of the API. */
  boolean failed() {
    return failed;
  }

  @Override
  public CompletableFuture<RestResponse> send(RestRequest request) {
    failed = false;
    if (plan.tokenSeconds == 0) {
      return api.send(request);
    }
    if (request.uri().toString().equals(ADDRESS)) {
      return issued(request);
    }
    String token = request.headers().getOrDefault("Authorization", "").replace("Bearer ", "");
    Instant end = ends.get(token);
    if (end == null || !clock.instant().isBefore(end)) {
      failed = true;
      return answered(request, 401, "");
    }
    return api.send(request);
  }

  private CompletableFuture<RestResponse> issued(RestRequest request) {
    String form = new String(request.body() == null ? new byte[0] : request.body(), UTF_8);
    if (!form.equals("grant_type=client_credentials")) {
      throw new IllegalStateException("A token was asked for with " + form);
    }
    if (!open && dice.chance(plan.faults)) {
      failed = true;
      if (dice.chance(0.5)) {
        trace.add("  %s -> reset", request);
        return CompletableFuture.failedFuture(new IOException("Connection reset"));
      }
      return answered(request, dice.one(503, 429, 502), "<html>");
    }
    String token = "token-" + ends.size();
    boolean kept = open || dice.chance(0.5);
    int seconds = kept ? plan.tokenSeconds : dice.between(1, plan.tokenSeconds);
    ends.put(token, clock.instant().plusSeconds(seconds));
    String expires = dice.chance(0.7) ? ",\"expires_in\":%d".formatted(plan.tokenSeconds) : "";
    return answered(
        request,
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\"%s}".formatted(token, expires));
  }

  private CompletableFuture<RestResponse> answered(RestRequest request, int status, String body) {
    trace.add("  %s -> %d %s", request, status, body);
    return CompletableFuture.completedFuture(
        new RestResponse(
            status, Map.of("Content-Type", List.of("application/json")), body.getBytes(UTF_8)));
  }

  @Override
  public void close() {
    api.close();
  }
}
