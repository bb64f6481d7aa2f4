/** Decides when a running query is killed, and whether every record is still there once. */
@NullMarked
package io.reststream.spark.kill;

import org.jspecify.annotations.NullMarked;
