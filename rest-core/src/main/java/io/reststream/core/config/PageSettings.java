package io.reststream.core.config;

/**
 * What the options say about the pages of a cycle.
 *
 * @param style how the next page is asked for
 * @param next the response's field that says so
 */
public record PageSettings(PaginationStyle style, ResponseField next) {}
