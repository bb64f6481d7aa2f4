/** What a record's bytes become in a Flink job, and of which type. */
@NullMarked
package io.reststream.flink.deserializer;

import org.jspecify.annotations.NullMarked;
