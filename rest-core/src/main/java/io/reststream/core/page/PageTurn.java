package io.reststream.core.page;

import io.reststream.core.json.ScannedPage;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A page that was read, about to be left for the next one.
 *
 * @param page what it holds
 * @param asked the address that it came from
 * @param token the token that it was asked with; null for a cycle's first page
 * @param value the response's value for the next page; null where it has none
 * @param more whether the response says that there is more
 * @param emptyPages how many pages without records came before it, one after the other
 * @param walked how far the cycle has come, this page included
 */
public record PageTurn(
    ScannedPage page,
    URI asked,
    @Nullable String token,
    @Nullable String value,
    boolean more,
    int emptyPages,
    Walked walked) {}
