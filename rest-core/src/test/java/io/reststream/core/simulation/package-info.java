/**
 * Lives through what an API, a network and an engine can do to a stream, drawn from a seed, in one
 * thread and without real time, and decides whether every record came once.
 */
@NullMarked
package io.reststream.core.simulation;

import org.jspecify.annotations.NullMarked;
