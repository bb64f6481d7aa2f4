package io.reststream.flink.deserializer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/** Fills a class by Jackson. */
final class PojoDeserializer<T> implements RestDeserializer<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final TypeInformation<T> info;
  private final SerializableSupplier<ObjectMapper> mapper;
  private transient @Nullable ObjectReader reader;

  PojoDeserializer(
      Class<T> type, TypeInformation<T> info, SerializableSupplier<ObjectMapper> mapper) {
    this.type = type;
    this.info = info;
    this.mapper = mapper;
    refuseKryo();
  }

  /** No lambda: its serial form would name Jackson where a relocation does not look. */
  enum Mapper implements SerializableSupplier<ObjectMapper> {
    LENIENT;

    @Override
    public ObjectMapper get() {
      return JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
    }
  }

  private void refuseKryo() {
    SerializerConfig config = new ExecutionConfig().getSerializerConfig();
    config.configure(
        new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
        PojoDeserializer.class.getClassLoader());
    try {
      var unused = info.createSerializer(config);
    } catch (UnsupportedOperationException e) {
      throw new IllegalArgumentException(
          "Flink could carry %s only by Kryo: %s Give its type: RestDeserializer.pojo(%s.class, Types.POJO(...))."
              .formatted(type.getName(), e.getMessage(), type.getSimpleName()),
          e);
    }
  }

  @Override
  public void deserialize(RestRecord record, Collector<T> out) throws IOException {
    if (reader == null) {
      reader = mapper.get().readerFor(type);
    }
    T value = reader.readValue(record.buffer(), record.start(), record.length());
    out.collect(value);
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return info;
  }
}
