/** Decides how a record becomes typed columns, with Spark's own JSON decoder. */
@NullMarked
package io.reststream.spark.decode;

import org.jspecify.annotations.NullMarked;
