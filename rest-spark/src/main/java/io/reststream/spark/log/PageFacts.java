package io.reststream.spark.log;

import io.reststream.core.PageInfo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata columns tell of the page that a record came with.
 *
 * @param url the address that was asked, with what may be secret left out
 * @param status the HTTP status
 * @param fetchedAt when the answer was complete
 * @param page the page's number within its cycle, from 0
 * @param offset the offset that was asked with
 */
public record PageFacts(
    String url, int status, Instant fetchedAt, long page, @Nullable String offset)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public static PageFacts of(PageInfo info) {
    return new PageFacts(
        info.url(),
        info.status(),
        info.fetchedAt().truncatedTo(ChronoUnit.MICROS),
        info.page(),
        info.offset());
  }

  void write(DataOutput out) throws IOException {
    Frame.writeText(out, url);
    out.writeInt(status);
    out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, fetchedAt));
    out.writeLong(page);
    out.writeBoolean(offset != null);
    Frame.writeText(out, offset == null ? "" : offset);
  }

  static PageFacts read(DataInput in) throws IOException {
    String url = Frame.readText(in);
    int status = in.readInt();
    Instant fetchedAt = Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
    long page = in.readLong();
    boolean known = in.readBoolean();
    String offset = Frame.readText(in);
    return new PageFacts(url, status, fetchedAt, page, known ? offset : null);
  }
}
