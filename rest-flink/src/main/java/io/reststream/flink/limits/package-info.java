/** What the readers of a job tell each other about the API's limits, by way of the enumerator. */
@NullMarked
package io.reststream.flink.limits;

import org.jspecify.annotations.NullMarked;
