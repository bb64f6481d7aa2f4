/** The API as a table of Flink SQL: read as a stream or a batch, or asked row by row in a join. */
@NullMarked
package io.reststream.flink.table;

import org.jspecify.annotations.NullMarked;
