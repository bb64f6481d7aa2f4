package io.reststream.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a page came from.
 *
 * @param url the address that was asked, with what may be secret left out
 * @param status the HTTP status
 * @param fetchedAt when the answer was complete
 * @param page the page's number within its cycle, from 0
 * @param bytes the length of the body
 * @param dropped how many records were left out because they were delivered before
 * @param offset the offset that was asked with; null while none is known
 */
public record PageInfo(
    String url,
    int status,
    Instant fetchedAt,
    long page,
    long bytes,
    int dropped,
    @Nullable String offset) {}
