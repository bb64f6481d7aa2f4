/** Where a Flink job gets its source: options in, a FLIP-27 source out. */
@NullMarked
package io.reststream.flink;

import org.jspecify.annotations.NullMarked;
