/** Decides where the records of a response start and end, and which few values in it matter. */
@NullMarked
package io.reststream.core.json;

import org.jspecify.annotations.NullMarked;
