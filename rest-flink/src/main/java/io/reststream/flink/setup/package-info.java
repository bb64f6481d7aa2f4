/** Decides on which Flink this runs. */
@NullMarked
package io.reststream.flink.setup;

import org.jspecify.annotations.NullMarked;
