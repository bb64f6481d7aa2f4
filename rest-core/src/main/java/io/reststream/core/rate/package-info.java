/** Decides how many requests are made in a time, and how many at a time. */
@NullMarked
package io.reststream.core.rate;

import org.jspecify.annotations.NullMarked;
