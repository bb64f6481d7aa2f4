package io.reststream.core;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON form of a window within a position. */
final class WindowCodec {
  private WindowCodec() {}

  static void write(Window window, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("start", window.start().toString());
    write(json, "end", window.end());
    write(json, "step", window.step());
    write(json, "until", window.until());
    json.writeBooleanField("more", window.more());
    json.writeBooleanField("edge", window.edge());
    json.writeNumberField("records", window.records());
    write(json, "known", window.known());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable Object time)
      throws IOException {
    if (time != null) {
      json.writeStringField(name, time.toString());
    }
  }

  static Window read(JsonNode json) {
    return new Window(
        Instant.parse(json.required("start").textValue()),
        instant(json, "end"),
        json.has("step") ? Duration.parse(json.get("step").textValue()) : null,
        instant(json, "until"),
        json.required("more").booleanValue(),
        json.required("edge").booleanValue(),
        json.required("records").longValue(),
        instant(json, "known"));
  }

  private static @Nullable Instant instant(JsonNode json, String name) {
    return json.has(name) ? Instant.parse(json.get(name).textValue()) : null;
  }
}
