package io.reststream.flink.deserializer;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** The type of Jackson's trees: they travel as JSON, and not through Kryo. */
public final class JsonNodeTypeInfo extends TypeInformation<JsonNode> {
  private static final long serialVersionUID = 1L;

  public static final JsonNodeTypeInfo INSTANCE = new JsonNodeTypeInfo();

  private JsonNodeTypeInfo() {}

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<JsonNode> getTypeClass() {
    return JsonNode.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<JsonNode> createSerializer(SerializerConfig config) {
    return JsonNodeSerializer.INSTANCE;
  }

  /** What Flink 1.20 declares and 2.x no longer has. */
  @SuppressWarnings("MissingOverride")
  public TypeSerializer<JsonNode> createSerializer(ExecutionConfig config) {
    return JsonNodeSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "JsonNode";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonNodeTypeInfo;
  }

  @Override
  public int hashCode() {
    return JsonNodeTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(@Nullable Object other) {
    return other instanceof JsonNodeTypeInfo;
  }

  private Object readResolve() {
    return INSTANCE;
  }
}
