/** Decides what is durable: the page log, from which every batch of a Spark stream is read. */
@NullMarked
package io.reststream.spark.log;

import org.jspecify.annotations.NullMarked;
