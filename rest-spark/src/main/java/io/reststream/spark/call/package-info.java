/** Decides how the rows of a dataset become calls, and their answers rows, in the executors. */
@NullMarked
package io.reststream.spark.call;

import org.jspecify.annotations.NullMarked;
