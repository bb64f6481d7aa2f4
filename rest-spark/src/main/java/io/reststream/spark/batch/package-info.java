/** Decides how one cycle of each input is read as a batch, in the executors. */
@NullMarked
package io.reststream.spark.batch;

import org.jspecify.annotations.NullMarked;
