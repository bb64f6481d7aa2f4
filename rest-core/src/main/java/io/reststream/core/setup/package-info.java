/** Decides whether the engine and the jars that were put together fit. */
@NullMarked
package io.reststream.core.setup;

import org.jspecify.annotations.NullMarked;
