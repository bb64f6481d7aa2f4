package io.reststream.spark.log;

import io.reststream.core.Records;
import org.jspecify.annotations.Nullable;

/**
 * Records of one page on their way into the log.
 *
 * @param input the input that they belong to, as its canonical JSON
 * @param records at least one record
 * @param page where they came from
 */
public record LoggedPage(String input, Records records, @Nullable PageFacts page) {
  /** Records of which nothing more is known. */
  LoggedPage(String input, Records records) {
    this(input, records, null);
  }
}
