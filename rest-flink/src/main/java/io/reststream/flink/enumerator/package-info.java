/** Which reader reads which input, and what of that outlives a failure. */
@NullMarked
package io.reststream.flink.enumerator;

import org.jspecify.annotations.NullMarked;
