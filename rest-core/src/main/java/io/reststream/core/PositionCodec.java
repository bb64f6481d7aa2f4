package io.reststream.core;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reststream.core.offset.BoundaryKeys;
import io.reststream.core.offset.KeysCodec;
import io.reststream.core.offset.Largest;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.OrderSeen;
import io.reststream.core.page.TokenCircle;
import io.reststream.core.page.Walked;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a position. What is absent has its starting value, so that a later version can
 * add fields and still read what an earlier one wrote.
 */
final class PositionCodec {
  static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private PositionCodec() {}

  static String write(Position position) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      json.writeStringField("of", position.fingerprint());
      OffsetValue offset = position.offset();
      OffsetValue.Kind kind = kind(position);
      if (kind != null) {
        json.writeStringField("kind", kind.name());
      }
      writeText(json, "source", position.source() == null ? null : position.source().name());
      writeValue(json, "offset", offset);
      writeValue(json, "floor", position.floor());
      if (position.keys().size() > 0) {
        json.writeFieldName("keys");
        KeysCodec.write(position.keys(), json);
      }
      writeText(json, "started", text(position.started()));
      writeText(json, "asked", text(position.asked()));
      if (position.cycle() != null) {
        json.writeFieldName("cycle");
        writeCycle(json, position.cycle());
      }
      if (position.validator() != null) {
        json.writeObjectFieldStart("validator");
        json.writeStringField("of", position.validator().of());
        json.writeStringField(position.validator().kind().field, position.validator().value());
        json.writeEndObject();
      }
      if (position.window() != null) {
        json.writeFieldName("window");
        WindowCodec.write(position.window(), json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new PositionException("A position could not be written: " + e.getMessage(), e);
    }
    return text.toString();
  }

  /** The one kind that all values of a position have; null while there are none. */
  private static OffsetValue.@Nullable Kind kind(Position position) {
    OffsetValue offset = position.offset();
    if (offset != null) {
      return offset.kind();
    }
    Cycle cycle = position.cycle();
    if (cycle != null && cycle.all().value() != null) {
      return cycle.all().value().kind();
    }
    if (cycle != null && cycle.response() != null) {
      return cycle.response().kind();
    }
    for (BoundaryKeys.Entry entry : position.keys().entries().values()) {
      if (entry.value() != null) {
        return entry.value().kind();
      }
    }
    return null;
  }

  private static void writeCycle(JsonGenerator json, Cycle cycle) throws IOException {
    json.writeStartObject();
    writeText(json, "token", cycle.token());
    json.writeNumberField("pages", cycle.pages());
    writeLargest(json, "first", cycle.first());
    writeLargest(json, "all", cycle.all());
    json.writeNumberField("records", cycle.order().records());
    writeValue(json, "last", cycle.order().last());
    json.writeBooleanField("ascending", cycle.order().ascending());
    writeValue(json, "response", cycle.response());
    json.writeNumberField("emptyPages", cycle.emptyPages());
    writeText(json, "remembered", cycle.circle().remembered());
    json.writeNumberField("steps", cycle.circle().steps());
    json.writeNumberField("limit", cycle.circle().limit());
    json.writeNumberField("restarts", cycle.restarts());
    json.writeBooleanField("complete", cycle.complete());
    json.writeBooleanField("delivered", cycle.delivered());
    if (!cycle.walked().equals(Walked.NONE)) {
      json.writeArrayFieldStart("walked");
      json.writeNumber(cycle.walked().pages());
      json.writeNumber(cycle.walked().records());
      json.writeString(cycle.walked().last());
      json.writeNumber(cycle.walked().repeats());
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeLargest(JsonGenerator json, String name, Largest largest)
      throws IOException {
    writeValue(json, name, largest.value());
    writeValue(json, name + "Below", largest.below());
  }

  private static void writeValue(JsonGenerator json, String name, @Nullable OffsetValue value)
      throws IOException {
    writeText(json, name, value == null ? null : value.text());
  }

  private static void writeText(JsonGenerator json, String name, @Nullable String text)
      throws IOException {
    if (text != null) {
      json.writeStringField(name, text);
    }
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  static Position read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (!json.path("v").isInt()) {
        throw new PositionException("This is not a position: " + shortened(text));
      }
      int version = json.get("v").intValue();
      if (version > VERSION) {
        throw new PositionException(
            "The position has version %d, written by a newer release; this one reads up to %d."
                .formatted(version, VERSION));
      }
      OffsetValue.Kind kind =
          json.has("kind") ? OffsetValue.Kind.valueOf(json.get("kind").textValue()) : null;
      return new Position(
              json.required("of").textValue(),
              json.has("source") ? Position.Source.valueOf(json.get("source").textValue()) : null,
              value(json, "offset", kind),
              value(json, "floor", kind),
              json.has("keys") ? KeysCodec.read(json.get("keys"), kind) : BoundaryKeys.NONE,
              json.has("cycle") ? readCycle(json.get("cycle"), kind) : null,
              instant(json, "started"),
              instant(json, "asked"),
              json.has("validator") ? readValidator(json.get("validator")) : null)
          .with(json.has("window") ? WindowCodec.read(json.get("window")) : null);
    } catch (JsonProcessingException | RuntimeException e) {
      if (e instanceof PositionException known) {
        throw known;
      }
      throw new PositionException("The position is broken: " + shortened(text), e);
    }
  }

  private static Cycle readCycle(JsonNode json, OffsetValue.@Nullable Kind kind) {
    return new Cycle(
        json.has("token") ? json.get("token").textValue() : null,
        json.required("pages").longValue(),
        new Largest(value(json, "first", kind), value(json, "firstBelow", kind)),
        new Largest(value(json, "all", kind), value(json, "allBelow", kind)),
        new OrderSeen(
            json.required("records").longValue(),
            value(json, "last", kind),
            json.required("ascending").booleanValue()),
        value(json, "response", kind),
        json.required("emptyPages").intValue(),
        new TokenCircle(
            json.required("remembered").textValue(),
            json.required("steps").longValue(),
            json.required("limit").longValue()),
        json.required("restarts").intValue(),
        json.required("complete").booleanValue(),
        json.required("delivered").booleanValue(),
        json.has("walked") ? readWalked(json.get("walked")) : Walked.NONE);
  }

  private static Walked readWalked(JsonNode json) {
    return new Walked(
        json.required(0).longValue(),
        json.required(1).longValue(),
        json.required(2).textValue(),
        json.required(3).intValue());
  }

  /** A kind that only a later version knows is no validator: the request is made without. */
  private static @Nullable Validator readValidator(JsonNode json) {
    String of = json.required("of").textValue();
    for (Validator.Kind kind : Validator.Kind.values()) {
      if (json.has(kind.field)) {
        return new Validator(of, kind, json.get(kind.field).textValue());
      }
    }
    return null;
  }

  private static @Nullable OffsetValue value(
      JsonNode json, String name, OffsetValue.@Nullable Kind kind) {
    return json.has(name)
        ? OffsetValue.of(Objects.requireNonNull(kind), json.get(name).textValue())
        : null;
  }

  private static @Nullable Instant instant(JsonNode json, String name) {
    return json.has(name) ? Instant.parse(json.get(name).textValue()) : null;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
