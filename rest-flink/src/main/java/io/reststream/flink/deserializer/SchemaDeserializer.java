package io.reststream.flink.deserializer;

import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** Hands the record's bytes to one of Flink's schemas. */
final class SchemaDeserializer<T> implements RestDeserializer<T> {
  private static final long serialVersionUID = 1L;

  private final DeserializationSchema<T> schema;

  SchemaDeserializer(DeserializationSchema<T> schema) {
    this.schema = schema;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    schema.open(context);
  }

  @Override
  public void deserialize(RestRecord record, Collector<T> out) throws IOException {
    schema.deserialize(record.bytes(), out);
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return schema.getProducedType();
  }
}
