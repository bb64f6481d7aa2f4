/** Runs an HDFS for tests. */
@NullMarked
package io.reststream.hdfs;

import org.jspecify.annotations.NullMarked;
