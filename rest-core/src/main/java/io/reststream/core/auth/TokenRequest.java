package io.reststream.core.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reststream.core.RequestException;
import io.reststream.core.RestException;
import io.reststream.core.auth.Authenticator.Context;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A request for a token, and what its failures are called. What may pass is an {@link IOException},
 * so that the request that needs the token is retried as after any failure.
 *
 * @param request the request
 * @param fields where its answer holds what
 */
record TokenRequest(RestRequest request, TokenFields fields) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final int FORBIDDEN = 403;
  private static final int SHOWN = 300;
  private static final int READ = 4_096;

  CompletableFuture<TokenAnswer> send(Context context) {
    CompletableFuture<RestResponse> answer = context.send(request);
    return answer.handle(
        (response, failure) -> {
          try {
            if (failure != null) {
              throw failed(failure);
            }
            return accept(response, context);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  private IOException failed(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof RestException lasting) {
      throw lasting; // it names the request
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new IOException("the token request %s failed: %s".formatted(request, message), cause);
  }

  private TokenAnswer accept(RestResponse response, Context context) throws IOException {
    JsonNode json = json(response);
    boolean success = response.status() / 100 == 2;
    Instant said = context.now();
    Instant again = success ? null : context.comeAgain(response);
    if (!success && isPassing(response.status(), again)) {
      String problem =
          "the token request %s was answered with status %d: %s"
              .formatted(request, response.status(), said(json, response, context));
      throw again == null ? new IOException(problem) : new ComeAgainException(problem, said, again);
    }
    // Some servers answer 200 with an error.
    if (!success
        || (json.path("error").isTextual() && TokenAnswer.at(json, fields.token()) == null)) {
      throw new RequestException(
          "The token request %s was answered with status %d: %s"
              .formatted(request, response.status(), said(json, response, context)));
    }
    if (!json.isObject() && !json.isArray()) {
      throw new IOException(
          "the answer of the token request %s is not JSON: %s"
              .formatted(request, context.shown(request, beginning(response))));
    }
    return new TokenAnswer(request, json, fields);
  }

  /** As {@code RetryPolicy} has it: some servers tell a limit by 403. */
  private static boolean isPassing(int status, @Nullable Instant again) {
    return status / 100 == 5 || PASSING.contains(status) || (status == FORBIDDEN && again != null);
  }

  private static JsonNode json(RestResponse response) {
    try {
      JsonNode json = JSON.readTree(response.body());
      return json == null ? JSON.missingNode() : json;
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory can be read", e);
    }
  }

  /** The error by its name (RFC 6749, section 5.2), else the first part of the body. */
  private String said(JsonNode json, RestResponse response, Context context) {
    return context.shown(request, said(json, response));
  }

  private static String said(JsonNode json, RestResponse response) {
    JsonNode error = json.path("error");
    if (!error.isTextual()) {
      return beginning(response);
    }
    String description = json.path("error_description").asText("");
    String said =
        description.isEmpty() ? error.asText() : error.asText() + " (" + description + ")";
    return oneLine(said);
  }

  private static String beginning(RestResponse response) {
    byte[] body = response.body();
    byte[] first = body.length > READ ? Arrays.copyOf(body, READ) : body;
    return body.length == 0 ? "(no body)" : oneLine(new String(first, StandardCharsets.UTF_8));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }
}
