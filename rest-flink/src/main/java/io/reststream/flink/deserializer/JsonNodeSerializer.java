package io.reststream.flink.deserializer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A tree as its JSON: the length in bytes (int), then UTF-8. */
public final class JsonNodeSerializer extends TypeSerializerSingleton<JsonNode> {
  private static final long serialVersionUID = 1L;

  public static final JsonNodeSerializer INSTANCE = new JsonNodeSerializer();

  private JsonNodeSerializer() {}

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public JsonNode createInstance() {
    return NullNode.getInstance();
  }

  @Override
  public JsonNode copy(JsonNode from) {
    return from.deepCopy();
  }

  @Override
  public JsonNode copy(JsonNode from, JsonNode reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(JsonNode record, DataOutputView target) throws IOException {
    writeJson(JsonNodes.write(record), target);
  }

  @Override
  public JsonNode deserialize(DataInputView source) throws IOException {
    byte[] json = readJson(source);
    return JsonNodes.read(json, 0, json.length);
  }

  @Override
  public JsonNode deserialize(JsonNode reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    writeJson(readJson(source), target);
  }

  private static void writeJson(byte[] json, DataOutputView target) throws IOException {
    target.writeInt(json.length);
    target.write(json);
  }

  private static byte[] readJson(DataInputView source) throws IOException {
    byte[] json = new byte[source.readInt()];
    source.readFully(json);
    return json;
  }

  @Override
  public TypeSerializerSnapshot<JsonNode> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Nothing is configured, so nothing is stored. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<JsonNode> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
