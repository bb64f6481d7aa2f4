/** Decides whether a request that failed is made again, and when. */
@NullMarked
package io.reststream.core.retry;

import org.jspecify.annotations.NullMarked;
