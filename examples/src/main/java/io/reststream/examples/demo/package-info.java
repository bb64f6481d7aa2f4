/** Decides what {@code ./demo} tells: one shop's orders, read by each engine, and counted. */
@NullMarked
package io.reststream.examples.demo;

import org.jspecify.annotations.NullMarked;
