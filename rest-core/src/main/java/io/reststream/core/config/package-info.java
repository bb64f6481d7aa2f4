/** Decides which options there are, what they may hold, and what they mean together. */
@NullMarked
package io.reststream.core.config;

import org.jspecify.annotations.NullMarked;
