package io.reststream.core.offset;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of keys: for each offset value {@code [value, keys in base64, counts]}. The counts
 * of each key are how many were delivered, seen, and, where a cursor has passed any of the group,
 * passed; they are left out where every key was delivered once and not yet seen.
 */
public final class KeysCodec {
  private KeysCodec() {}

  /** Writes keys as an array. */
  public static void write(BoundaryKeys keys, JsonGenerator json) throws IOException {
    Map<String, List<Entry<RecordKey, BoundaryKeys.Entry>>> groups = new LinkedHashMap<>();
    for (Entry<RecordKey, BoundaryKeys.Entry> entry : keys.entries().entrySet()) {
      String name = groupName(entry.getValue().value());
      groups.computeIfAbsent(name, same -> new ArrayList<>()).add(entry);
    }
    json.writeStartArray();
    for (List<Entry<RecordKey, BoundaryKeys.Entry>> group : groups.values()) {
      json.writeStartArray();
      OffsetValue value = group.get(0).getValue().value();
      if (value == null) {
        json.writeNull();
      } else {
        json.writeString(value.text());
      }
      ByteBuffer bytes = ByteBuffer.allocate(group.size() * RecordKey.LENGTH);
      group.forEach(entry -> entry.getKey().writeTo(bytes));
      json.writeString(Base64.getEncoder().withoutPadding().encodeToString(bytes.array()));
      if (group.stream().anyMatch(e -> isCounted(e.getValue()))) {
        boolean passed = group.stream().anyMatch(e -> e.getValue().passed() != 0);
        json.writeStartArray();
        for (Entry<RecordKey, BoundaryKeys.Entry> entry : group) {
          json.writeNumber(entry.getValue().delivered());
          json.writeNumber(entry.getValue().seen());
          if (passed) {
            json.writeNumber(entry.getValue().passed());
          }
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static boolean isCounted(BoundaryKeys.Entry entry) {
    return entry.delivered() != 1 || entry.seen() != 0 || entry.passed() != 0;
  }

  private static String groupName(@Nullable OffsetValue value) {
    return value == null ? "" : "=" + value.text();
  }

  /** Reads keys whose values have a kind; null where they have none. */
  public static BoundaryKeys read(JsonNode json, OffsetValue.@Nullable Kind kind) {
    Map<RecordKey, BoundaryKeys.Entry> entries = new LinkedHashMap<>();
    for (JsonNode group : json) {
      OffsetValue value =
          group.get(0).isNull()
              ? null
              : OffsetValue.of(Objects.requireNonNull(kind), group.get(0).textValue());
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(group.get(1).textValue()));
      JsonNode counts = group.get(2);
      int kinds = counts == null ? 0 : counts.size() / (bytes.remaining() / RecordKey.LENGTH);
      for (int at = 0; bytes.hasRemaining(); at += kinds) {
        int delivered = counts == null ? 1 : counts.get(at).intValue();
        int seen = counts == null ? 0 : counts.get(at + 1).intValue();
        int passed = kinds < 3 ? 0 : counts.get(at + 2).intValue();
        entries.put(RecordKey.of(bytes), new BoundaryKeys.Entry(value, delivered, seen, passed));
      }
    }
    return BoundaryKeys.of(entries);
  }
}
