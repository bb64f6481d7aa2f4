/** How Flink reads a REST API. */
@NullMarked
package io.reststream.examples.flink;

import org.jspecify.annotations.NullMarked;
