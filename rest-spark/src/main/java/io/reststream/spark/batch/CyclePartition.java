package io.reststream.spark.batch;

import io.reststream.core.Input;
import org.apache.spark.sql.connector.read.InputPartition;

/** The cycle of one input. */
record CyclePartition(Input input) implements InputPartition {}
