package io.reststream.flink.deserializer;

import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.Records;
import java.nio.charset.StandardCharsets;

/**
 * A record and where it came from. One object is used for all records of a reader: it holds the
 * record for the time of one {@link RestDeserializer#deserialize} call.
 */
public final class RestRecord {
  private Input input;
  private PageInfo info;
  private Records records;
  private int index;

  /** Holds one of the records of a page. */
  public RestRecord(Input input, PageInfo info, Records records, int index) {
    this.input = input;
    this.info = info;
    this.records = records;
    this.index = index;
  }

  /** Makes it hold another record. */
  public void moveTo(Input input, PageInfo info, Records records, int index) {
    this.input = input;
    this.info = info;
    this.records = records;
    this.index = index;
  }

  /** The row of {@code inputData} that the record was read for. */
  public Input input() {
    return input;
  }

  /** The page that the record came with. */
  public PageInfo page() {
    return info;
  }

  /** The bytes around the record. Not to be written to, and not to be kept. */
  public byte[] buffer() {
    return records.buffer();
  }

  /** Where the record starts in {@link #buffer}. */
  public int start() {
    return records.start(index);
  }

  /** The record's length in bytes. */
  public int length() {
    return records.length(index);
  }

  /** A copy of the record: JSON in UTF-8, as the server sent it. */
  public byte[] bytes() {
    return records.bytes(index);
  }

  /** The record's JSON. */
  public String text() {
    return new String(buffer(), start(), length(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return length() + " bytes of " + info.url();
  }
}
