package io.reststream.spark.call;

import io.reststream.core.Input;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * A row and what came of its call.
 *
 * @param input what was sent for it
 */
record CalledRow(Row row, Input input, Outcome outcome) implements Serializable {
  private static final long serialVersionUID = 1L;
}
