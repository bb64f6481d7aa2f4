package io.reststream.spark.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a page log: what was true before its first segment.
 *
 * @param log the log's id
 * @param created when the log was created
 * @param writer which software created it
 * @param start the position of an input that was never read, as JSON
 * @param inputs the inputs that the log was created with
 */
record LogHead(String log, Instant created, String writer, String start, List<String> inputs) {
  byte[] encode() {
    return Frame.encode(Frame.Kind.HEAD, this::write);
  }

  private void write(DataOutput out) throws IOException {
    Frame.writeText(out, log);
    out.writeLong(created.toEpochMilli());
    Frame.writeText(out, writer);
    Frame.writeText(out, start);
    out.writeInt(inputs.size());
    for (String input : inputs) {
      Frame.writeText(out, input);
    }
  }

  static LogHead read(DataInput in) throws IOException {
    String log = Frame.readText(in);
    Instant created = Instant.ofEpochMilli(in.readLong());
    String writer = Frame.readText(in);
    String start = Frame.readText(in);
    int count = in.readInt();
    List<String> inputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      inputs.add(Frame.readText(in));
    }
    return new LogHead(log, created, writer, start, inputs);
  }
}
