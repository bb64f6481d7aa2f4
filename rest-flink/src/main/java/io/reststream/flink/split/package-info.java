/** What is checkpointed of one input: its position and what its page has left, as bytes. */
@NullMarked
package io.reststream.flink.split;

import org.jspecify.annotations.NullMarked;
