package io.reststream.core;

/** What a poll gives: a page, or the word that nothing may be asked yet. */
public sealed interface Polled permits Page, Wait {}
