/** Decides how a request travels and what came back. */
@NullMarked
package io.reststream.core.http;

import org.jspecify.annotations.NullMarked;
