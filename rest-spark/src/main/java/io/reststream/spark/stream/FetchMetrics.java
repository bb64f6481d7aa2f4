package io.reststream.spark.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has fetched since it started.
 *
 * @param records records in the pages that were answered
 * @param pages pages that were answered, with or without records
 * @param requests polls that asked the API, answered or failed
 * @param bytes the answers' length
 * @param lastPoll when the last answer was complete
 * @param waitingUntil when the next input is due, if none is now
 */
record FetchMetrics(
    long records,
    long pages,
    long requests,
    long bytes,
    @Nullable Instant lastPoll,
    @Nullable Instant waitingUntil) {}
