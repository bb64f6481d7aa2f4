package io.reststream.core;

import io.reststream.core.auth.AnswerReader;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.retry.ServerWish;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the answers of token endpoints as those of the API are read. */
record TokenAnswers(Redaction redaction) implements AnswerReader {
  @Override
  public @Nullable Instant comeAgain(RestResponse response, Instant now) {
    return ServerWish.of(response, null, now).retryAt(response.status());
  }

  @Override
  public String shown(RestRequest request, String text) {
    return redaction.of(request, text);
  }
}
