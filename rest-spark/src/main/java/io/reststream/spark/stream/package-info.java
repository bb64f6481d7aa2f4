/** Decides what the next micro-batch of a stream holds. */
@NullMarked
package io.reststream.spark.stream;

import org.jspecify.annotations.NullMarked;
