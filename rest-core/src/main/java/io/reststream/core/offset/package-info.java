/** Decides how offsets compare and which delivered records would be recognised. */
@NullMarked
package io.reststream.core.offset;

import org.jspecify.annotations.NullMarked;
