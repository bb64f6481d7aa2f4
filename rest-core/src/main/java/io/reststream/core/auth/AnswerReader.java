package io.reststream.core.auth;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads of the answers to an authenticator's own requests what all answers have in common. */
public interface AnswerReader {

  /** When an answer asks to come again; null if it does not say. */
  @Nullable Instant comeAgain(RestResponse response, Instant now);

  /** A text about a request as messages may show it: without secrets. */
  String shown(RestRequest request, String text);
}
