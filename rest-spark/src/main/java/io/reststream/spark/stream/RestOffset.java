package io.reststream.spark.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reststream.core.PositionException;
import io.reststream.spark.log.Place;
import org.apache.spark.sql.connector.read.streaming.Offset;

/**
 * An offset of the stream: a place in its page log, however many inputs there are.
 *
 * <pre>{"log":"7f9c24e8-3b1e-4a57-9d3c-0a6f2a9c1b11","segment":3,"record":1000}</pre>
 */
public final class RestOffset extends Offset {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String log;
  private final Place place;

  RestOffset(String log, Place place) {
    this.log = log;
    this.place = place;
  }

  /**
   * Reads an offset from its JSON form.
   *
   * @throws PositionException if it is not one
   */
  static RestOffset parse(String json) {
    try {
      JsonNode tree = JSON.readTree(json);
      JsonNode log = tree.path("log");
      JsonNode segment = tree.path("segment");
      JsonNode record = tree.path("record");
      if (log.isTextual() && segment.isIntegralNumber() && record.isIntegralNumber()) {
        return new RestOffset(log.textValue(), new Place(segment.longValue(), record.longValue()));
      }
    } catch (JsonProcessingException e) {
      throw new PositionException(message(json), e);
    }
    throw new PositionException(message(json));
  }

  /** Any offset that Spark hands over, which after a restart is one of Spark's own classes. */
  static RestOffset of(Offset offset) {
    return offset instanceof RestOffset own ? own : parse(offset.json());
  }

  private static String message(String json) {
    return ("The checkpoint's offset must be like"
            + " {\"log\":\"...\",\"segment\":3,\"record\":1000}, but was %s. The checkpoint belongs"
            + " to another source.")
        .formatted(json);
  }

  String log() {
    return log;
  }

  Place place() {
    return place;
  }

  @Override
  public String json() {
    return "{\"log\":\"%s\",\"segment\":%d,\"record\":%d}"
        .formatted(log, place.segment(), place.record());
  }
}
