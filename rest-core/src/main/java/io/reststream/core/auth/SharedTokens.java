package io.reststream.core.auth;

import io.reststream.core.secret.KeyedHash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tokens of this process, by the credentials that they were given for. A poller that is opened
 * anew goes on with the token of the one before, and with the refresh token that the server gave
 * last. They hold text alone: no thread, no transport, nothing of the poller that asked.
 */
final class SharedTokens {
  private static final int MOST = 256;
  private static final Map<String, SharedToken> TOKENS =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SharedToken> eldest) {
          return size() > MOST;
        }
      };

  private SharedTokens() {}

  /**
   * The token of these credentials.
   *
   * @param credentials all that makes them up; only a keyed hash of it is kept
   */
  static SharedToken of(String credentials) {
    synchronized (TOKENS) {
      return TOKENS.computeIfAbsent(KeyedHash.of(credentials), key -> new SharedToken());
    }
  }
}
