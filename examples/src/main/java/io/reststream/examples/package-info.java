/** Jobs to copy from, one small class per task; each runs against an API of its own or of yours. */
@NullMarked
package io.reststream.examples;

import org.jspecify.annotations.NullMarked;
