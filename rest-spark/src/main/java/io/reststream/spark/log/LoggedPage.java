package io.reststream.spark.log;

import io.reststream.core.Records;

/**
 * Records of one page on their way into the log.
 *
 * @param input the input that they belong to, as its canonical JSON
 * @param records at least one record
 */
public record LoggedPage(String input, Records records) {}
