package io.reststream.flink.deserializer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;

/** Trees from bytes and back, with every digit of their numbers. */
final class JsonNodes {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();
  private static final ObjectReader READER = JSON.readerFor(JsonNode.class);

  private JsonNodes() {}

  /** No lambda: its serial form would name Jackson where a relocation does not look. */
  enum Tree implements RecordAs.Reading<JsonNode> {
    OF_RECORD;

    @Override
    public JsonNode read(RestRecord record) throws IOException {
      return JsonNodes.read(record.buffer(), record.start(), record.length());
    }
  }

  static JsonNode read(byte[] bytes, int start, int length) throws IOException {
    return READER.readTree(bytes, start, length);
  }

  static byte[] write(JsonNode node) throws JsonProcessingException {
    return JSON.writeValueAsBytes(node);
  }
}
