package io.reststream.core.auth;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Puts credentials into requests. For a scheme that no {@code authType} covers, write a class with
 * a public constructor without parameters, and name it: {@code authType=Custom}, {@code
 * authClass=com.example.SignedRequests}.
 *
 * <pre>{@code
 * public final class SignedRequests implements Authenticator {
 *   public CompletableFuture<RestRequest> authenticate(RestRequest request, Context context) {
 *     String signature = sign(request.uri(), context.now(), context.parameters().get("key"));
 *     return CompletableFuture.completedFuture(request.withHeader("X-Signature", signature));
 *   }
 * }
 * }</pre>
 *
 * <p>It is asked for every request to the origin of {@code url}, and for no other. Called by
 * several threads; it must not block: what has to be asked first goes through {@link Context#send}.
 */
public interface Authenticator {

  /**
   * The request with credentials. The future fails with an {@link java.io.IOException} where trying
   * again may help, and with a {@link io.reststream.core.RestException} where it does not. It may
   * be cancelled.
   */
  CompletableFuture<RestRequest> authenticate(RestRequest request, Context context);

  /**
   * Takes note that the credentials of a request were refused, by 401 or a status that {@code
   * statusActions} calls {@code refresh}.
   *
   * @return whether {@link #authenticate} now has others, so that the request is made once more
   */
  default boolean refused(RestRequest request) {
    return false;
  }

  /** What no message may show, besides the values of the options: tokens, encoded passwords. */
  default Collection<String> secrets() {
    return List.of();
  }

  /** The parameter of the query that holds the credentials; null where none does. */
  default @Nullable String parameter() {
    return null;
  }

  /** What an authenticator may use. */
  interface Context {

    /**
     * Sends a request of the authenticator's own, such as for a token, without credentials. Neither
     * its failures nor its statuses are retried by itself.
     */
    CompletableFuture<RestResponse> send(RestRequest request);

    /**
     * When an answer asks to come again, by {@code Retry-After} or the usual headers of limits;
     * null if it does not say. A {@link ComeAgainException} lets the request wait until then.
     */
    @Nullable Instant comeAgain(RestResponse response);

    /**
     * A text about a request of the authenticator's own as messages may show it: without what is
     * known to be secret. Answers may quote what they answer.
     */
    String shown(RestRequest request, String text);

    /** The time. */
    Instant now();

    /** The option {@code authParameters}, its references to secrets read just now. */
    Map<String, String> parameters();
  }
}
