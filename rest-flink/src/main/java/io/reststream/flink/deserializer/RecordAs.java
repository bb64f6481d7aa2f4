package io.reststream.flink.deserializer;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** One value for each record. */
final class RecordAs<T> implements RestDeserializer<T> {
  private static final long serialVersionUID = 1L;

  private final Reading<T> reading;
  private final TypeInformation<T> type;

  RecordAs(Reading<T> reading, TypeInformation<T> type) {
    this.reading = reading;
    this.type = type;
  }

  interface Reading<T> extends Serializable {
    T read(RestRecord record) throws IOException;
  }

  @Override
  public void deserialize(RestRecord record, Collector<T> out) throws IOException {
    out.collect(reading.read(record));
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
