package io.reststream.core;

import java.time.Instant;

/**
 * Nothing may be asked yet. Whoever polls waits in its own way and polls again with the same
 * position.
 *
 * @param until when asking makes sense again
 * @param why the reason, for people: for example {@code "next cycle"}
 */
public record Wait(Instant until, String why) implements Polled {}
