/** When an input is asked, and how its pages become Flink's elements and split state. */
@NullMarked
package io.reststream.flink.reader;

import org.jspecify.annotations.NullMarked;
