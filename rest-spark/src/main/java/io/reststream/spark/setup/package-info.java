/** Decides on which Spark this runs. */
@NullMarked
package io.reststream.spark.setup;

import org.jspecify.annotations.NullMarked;
