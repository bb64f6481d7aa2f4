package io.reststream.core.http;

import io.reststream.core.RequestException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Puts into words why there is no answer: what was waited for, and which option is about it. */
record ExchangeProblems(TransportSettings settings) {
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
  private static final String TUNNELING_FLAG = "jdk.http.auth.tunneling.disabledSchemes";
  private static final Pattern NO_TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

  /** What a request fails with, as {@link Transport#send} has it. */
  Throwable describe(Throwable failure, Hop hop, RestRequest request) {
    Throwable problem = problem(failure, hop, request.timeout());
    return problem instanceof PermanentException
        ? new RequestException("%s failed: %s".formatted(request, problem.getMessage()), problem)
        : problem;
  }

  private Throwable problem(Throwable failure, Hop hop, Duration timeout) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String origin = OriginRule.origin(hop.uri());
    String peer = settings.proxy() == null ? origin : proxy(settings.proxy());
    if (cause instanceof TimeoutException) {
      return new IOException(
          "no whole answer within %d ms (readTimeout)".formatted(timeout.toMillis()), cause);
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return new IOException(
          "no connection to %s within %d ms (connectionTimeout)"
              .formatted(peer, settings.connectionTimeout().toMillis()),
          cause);
    }
    if (cause instanceof ConnectException) {
      return new IOException("no connection to " + peer, cause);
    }
    if (cause instanceof SSLException) {
      return new IOException(tls(origin, String.valueOf(cause.getMessage())), cause);
    }
    return settings.proxy() == null || cause.getMessage() == null
        ? cause
        : tunnel(settings.proxy(), origin, cause);
  }

  private static String tls(String origin, String reason) {
    String option =
        reason.contains("valid certification path") || reason.contains("trustAnchors")
            ? "; option 'trustStore' names the certificates that are trusted"
            : reason.matches(".*(bad_certificate|certificate_required|certificate_unknown).*")
                ? "; option 'keyStore' names the certificate that the server asks for"
                : "";
    return "no TLS connection to %s: %s%s".formatted(origin, reason, option);
  }

  private static Throwable tunnel(ProxySettings proxy, String origin, Throwable cause) {
    Matcher refused = NO_TUNNEL.matcher(cause.getMessage());
    if (!refused.find()) {
      return cause;
    }
    String problem =
        "%s answered status %s when asked to connect to %s"
            .formatted(proxy(proxy), refused.group(1), origin);
    return refused.group(1).startsWith("5")
        ? new IOException(problem, cause)
        : new PermanentException(problem, cause);
  }

  /**
   * Takes the status of an answer.
   *
   * @throws PermanentException if it is the proxy's, which wants other credentials
   */
  void check(int status, @Nullable String challenge, Hop hop) throws PermanentException {
    ProxySettings proxy = settings.proxy();
    if (status == PROXY_AUTHENTICATION_REQUIRED && proxy != null) {
      throw new PermanentException(proxy(proxy) + " " + refusal(proxy, challenge, hop));
    }
  }

  private static String refusal(ProxySettings proxy, @Nullable String challenge, Hop hop) {
    if (proxy.user() == null) {
      return "wants a user: set 'proxyUser' and 'proxyPassword'";
    }
    boolean tunnel = "https".equalsIgnoreCase(hop.uri().getScheme());
    if (tunnel && !"".equals(System.getProperty(TUNNELING_FLAG))) {
      return "wants a user, but this JVM gives none to a proxy of https: start it with -D%s="
          .formatted(TUNNELING_FLAG);
    }
    return "refused 'proxyUser' and 'proxyPassword'; it asks for '%s', and Basic is what can be given"
        .formatted(challenge);
  }

  private static String proxy(ProxySettings proxy) {
    return "the proxy %s (option 'proxy')".formatted(proxy);
  }
}
