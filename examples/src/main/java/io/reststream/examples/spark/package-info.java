/** Decides how each task is done with Spark: one small class to copy per task. */
@NullMarked
package io.reststream.examples.spark;

import org.jspecify.annotations.NullMarked;
