/** Decides where a task leaves what its next attempt is to find: in Spark's block storage. */
@NullMarked
package io.reststream.spark.keep;

import org.jspecify.annotations.NullMarked;
