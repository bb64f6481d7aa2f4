/** Decides what Spark sees of a REST API: its schema, its scans and its options. */
@NullMarked
package io.reststream.spark;

import org.jspecify.annotations.NullMarked;
