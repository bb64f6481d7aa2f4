/** Decides which options an API needs, where somebody has written that down already. */
@NullMarked
package io.reststream.core.recipe;

import org.jspecify.annotations.NullMarked;
