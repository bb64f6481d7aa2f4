/**
 * Decides how rows, and what came of them, lie between tasks: in Spark's RDDs, its shuffle and its
 * block storage.
 */
@NullMarked
package io.reststream.spark.keep;

import org.jspecify.annotations.NullMarked;
