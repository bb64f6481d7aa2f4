/** Decides how a catalog's table, which Spark 3.5 reads by its old interface, becomes a read. */
@NullMarked
package io.reststream.spark.catalog;

import org.jspecify.annotations.NullMarked;
