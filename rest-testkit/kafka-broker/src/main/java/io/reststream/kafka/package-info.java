/** Runs a Kafka broker for tests. */
@NullMarked
package io.reststream.kafka;

import org.jspecify.annotations.NullMarked;
