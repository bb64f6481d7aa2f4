package io.reststream.testkit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token endpoint (RFC 6749) on a {@link FakeApi}, and the check that lets only its tokens pass.
 *
 * <pre>{@code
 * TokenServer tokens = TokenServer.at("/token").client("id", "secret").goodFor(3);
 * tokens.startOn(api);
 * api.serve(Endpoint.at("/log").since("since", "ts"), tokens::guard);
 * api.fault("/token", Fault.status(503));
 * }</pre>
 *
 * <p>Knows the grants client_credentials and refresh_token, with the client in the header or in the
 * form, and logins as JSON. Safe for use by several threads.
 */
public final class TokenServer {
  private final String path;
  private String client = "client";
  private String secret = "secret";
  private int uses = Integer.MAX_VALUE;
  private @Nullable String expiresIn;
  private boolean rotating;
  private @Nullable String refreshToken;

  private int issued;
  private int refused;
  private int left;
  private @Nullable String token;
  private @Nullable String password;

  private TokenServer(String path) {
    this.path = path;
  }

  /** A server whose endpoint has this path. */
  public static TokenServer at(String path) {
    return new TokenServer(path);
  }

  /** Asked with this client and secret; a login with this user and password. */
  public TokenServer client(String id, String newSecret) {
    client = id;
    secret = newSecret;
    return this;
  }

  /** Each token is good for so many requests, whatever it says about its time. */
  public TokenServer goodFor(int requests) {
    uses = requests;
    return this;
  }

  /** What answers say as {@code expires_in}; nothing unless set. */
  public TokenServer expiresIn(String seconds) {
    expiresIn = seconds;
    return this;
  }

  /** Wants this refresh token. */
  public TokenServer refreshToken(String first) {
    refreshToken = first;
    return this;
  }

  /** Gives another refresh token with each token, and takes the one before no more. */
  public TokenServer rotating() {
    rotating = true;
    return this;
  }

  /** Serves the endpoint. */
  public TokenServer startOn(FakeApi api) {
    api.serve(path, this::answer);
    return this;
  }

  /** How many tokens were given. */
  public synchronized int issued() {
    return issued;
  }

  /** How many requests came with a token that is not good, or without any. */
  public synchronized int refused() {
    return refused;
  }

  /** The token that is good now. */
  public synchronized @Nullable String token() {
    return token;
  }

  /** Takes the token that is good now back. */
  public synchronized void revoke() {
    token = null;
  }

  /** Lets pass what comes with the token that is good now. */
  public Responder guard(Responder inner) {
    return request ->
        isGood(request)
            ? inner.answer(request)
            : Answer.json("{\"error\":\"invalid_token\"}").withStatus(401);
  }

  private synchronized boolean isGood(Request request) {
    String sent = request.header("Authorization");
    boolean good = token != null && ("Bearer " + token).equals(sent) && left > 0;
    left -= good ? 1 : 0;
    refused += good ? 0 : 1;
    return good;
  }

  private synchronized Answer answer(Request request) {
    Map<String, String> form = form(request);
    if (!isClient(request, form)) {
      return Answer.json(
              "{\"error\":\"invalid_client\",\"error_description\":\"who is %s?\"}"
                  .formatted(form.get("client_id")))
          .withStatus(401);
    }
    if (refreshToken != null && !refreshToken.equals(form.get("refresh_token"))) {
      return Answer.json("{\"error\":\"invalid_grant\",\"error_description\":\"used or unknown\"}")
          .withStatus(400);
    }
    issued++;
    token = "token-%d-of-%s".formatted(issued, Integer.toHexString(System.identityHashCode(this)));
    left = uses;
    Map<String, String> members = new LinkedHashMap<>();
    members.put(password == null ? "access_token" : "token", "\"" + token + "\"");
    members.put("token_type", "\"Bearer\"");
    if (expiresIn != null) {
      members.put("expires_in", expiresIn);
    }
    if (rotating) {
      refreshToken = "refresh-" + (issued + 1);
      members.put("refresh_token", "\"" + refreshToken + "\"");
    }
    StringBuilder json = new StringBuilder("{");
    members.forEach(
        (name, value) ->
            json.append(json.length() > 1 ? "," : "").append("\"%s\":%s".formatted(name, value)));
    return Answer.json(json.append("}").toString());
  }

  private boolean isClient(Request request, Map<String, String> form) {
    String basic = request.header("Authorization");
    if (basic != null) {
      String expected = encoded(client) + ":" + encoded(secret);
      return basic.equals(
          "Basic " + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8)));
    }
    password = request.param("password");
    return password != null
        ? client.equals(request.param("user")) && secret.equals(password)
        : client.equals(form.get("client_id")) && secret.equals(form.get("client_secret"));
  }

  /** As RFC 6749, section 2.3.1, has it. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> form(Request request) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : request.body().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }
}
