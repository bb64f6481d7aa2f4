package io.reststream.flink.kill;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Passes records on unchanged, and asks the test at each moment of a task's life whether it may go
 * on. A task that is to die at that moment gets no answer.
 */
final class Witness
    implements MapFunction<String, String>, CheckpointedFunction, CheckpointListener {
  private static final long serialVersionUID = 1L;

  /** Of so many records one is told; and so is the first one after each snapshot. */
  private static final int RECORDS_PER_REPORT = 50;

  private final String address;
  private transient long snapshot;

  Witness(String address) {
    this.address = address;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws IOException {
    if (context.isRestored()) {
      report("restoring", 0);
    }
  }

  @Override
  public String map(String record) throws IOException {
    if (snapshot > 0) {
      report("emitting-after", snapshot);
      snapshot = 0;
    } else if (ThreadLocalRandom.current().nextInt(RECORDS_PER_REPORT) == 0) {
      report("emitting", 0);
    }
    return record;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws IOException {
    snapshot = context.getCheckpointId();
    report("saving", snapshot);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws IOException {
    report("committed", checkpoint);
  }

  private void report(String event, long checkpoint) throws IOException {
    String query = "?pid=" + ProcessHandle.current().pid() + "&checkpoint=" + checkpoint;
    try (InputStream answer = new URL(address + "/" + event + query).openStream()) {
      answer.readAllBytes();
    }
  }
}
