/** Decides which request follows within a cycle. */
@NullMarked
package io.reststream.core.page;

import org.jspecify.annotations.NullMarked;
