/** Decides how an executor turns records into rows. */
@NullMarked
package io.reststream.spark.read;

import org.jspecify.annotations.NullMarked;
