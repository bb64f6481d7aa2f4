/** Decides where secrets come from. */
@NullMarked
package io.reststream.core.secret;

import org.jspecify.annotations.NullMarked;
