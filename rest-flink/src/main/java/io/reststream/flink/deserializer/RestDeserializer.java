package io.reststream.flink.deserializer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Turns a record into what the job works with.
 *
 * <pre>{@code
 * RestSource.<Order>builder().deserializer(RestDeserializer.pojo(Order.class))
 * }</pre>
 *
 * <p>An own one implements {@link #deserialize} and names its type:
 *
 * <pre>{@code
 * class TenantAndRecord implements RestDeserializer<Tuple2<String, String>> {
 *   public void deserialize(RestRecord record, Collector<Tuple2<String, String>> out) {
 *     out.collect(Tuple2.of((String) record.input().values().get("tenant"), record.text()));
 *   }
 *
 *   public TypeInformation<Tuple2<String, String>> getProducedType() {
 *     return Types.TUPLE(Types.STRING, Types.STRING);
 *   }
 * }
 * }</pre>
 *
 * @param <T> what a record becomes
 */
public interface RestDeserializer<T> extends Serializable, ResultTypeQueryable<T> {

  /** Called once in each reader, before the first record. */
  default void open(DeserializationSchema.InitializationContext context) throws Exception {}

  /**
   * Emits what the record becomes: usually one value, but none or several are as good. They stay
   * together: a checkpoint never holds half of them.
   *
   * @param record valid during this call only
   * @throws IOException if the record is not what was expected; it fails the job
   */
  void deserialize(RestRecord record, Collector<T> out) throws IOException;

  /** The record's JSON text, as the server sent it. */
  static RestDeserializer<String> string() {
    return new RecordAs<>(RestRecord::text, BasicTypeInfo.STRING_TYPE_INFO);
  }

  /** The record's JSON in UTF-8, as the server sent it. */
  static RestDeserializer<byte[]> bytes() {
    return new RecordAs<>(RestRecord::bytes, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  /** A tree; numbers keep all their digits. */
  static RestDeserializer<JsonNode> json() {
    return new RecordAs<>(JsonNodes.Tree.OF_RECORD, JsonNodeTypeInfo.INSTANCE);
  }

  /**
   * A class or record that Jackson fills; fields that it does not have are left out.
   *
   * @throws IllegalArgumentException if Flink could carry the class only by Kryo
   */
  static <T> RestDeserializer<T> pojo(Class<T> type) {
    return pojo(type, TypeInformation.of(type));
  }

  /**
   * A class that Jackson fills, with its type given, for fields such as lists and maps.
   *
   * <pre>{@code
   * pojo(Order.class, Types.POJO(Order.class, Map.of("items", Types.LIST(Types.STRING))))
   * }</pre>
   *
   * @throws IllegalArgumentException if Flink could carry a part of the type only by Kryo
   */
  static <T> RestDeserializer<T> pojo(Class<T> type, TypeInformation<T> info) {
    return pojo(type, info, PojoDeserializer.Mapper.LENIENT);
  }

  /**
   * A class that the given Jackson mapper fills, for example one with modules.
   *
   * @throws IllegalArgumentException if Flink could carry a part of the type only by Kryo
   */
  static <T> RestDeserializer<T> pojo(
      Class<T> type, TypeInformation<T> info, SerializableSupplier<ObjectMapper> mapper) {
    return new PojoDeserializer<>(type, info, mapper);
  }

  /** Any of Flink's schemas. Its {@code isEndOfStream} is not asked. */
  static <T> RestDeserializer<T> of(DeserializationSchema<T> schema) {
    return new SchemaDeserializer<>(schema);
  }
}
