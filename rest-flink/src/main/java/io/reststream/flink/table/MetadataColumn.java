package io.reststream.flink.table;

import io.reststream.core.Input;
import io.reststream.core.InputType;
import io.reststream.core.PageInfo;
import io.reststream.core.RestConfig;
import java.io.Serializable;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** A column that says where a row came from. */
sealed interface MetadataColumn extends Serializable {
  /** What the values of the inputs are found by: {@code input.} and the column's name. */
  String INPUT_PREFIX = "input.";

  /** What it is called behind {@code METADATA FROM}. */
  String key();

  DataType type();

  /**
   * The value, as Flink keeps it in rows.
   *
   * @param page where the record came from; null where there is none
   * @param error why there is no record; null where there is one
   */
  @Nullable Object value(Input input, @Nullable PageInfo page, @Nullable String error);

  /** The columns of every table. */
  static Map<String, MetadataColumn> all() {
    Map<String, MetadataColumn> columns = new LinkedHashMap<>();
    for (Origin origin : Origin.values()) {
      columns.put(origin.key(), origin);
    }
    return columns;
  }

  /** Those of every table, and the values of the inputs. */
  static Map<String, MetadataColumn> of(RestConfig config) {
    Map<String, MetadataColumn> columns = all();
    for (String column : config.inputColumns()) {
      Value value = new Value(column, InputType.of(config.inputs(), column));
      columns.put(value.key(), value);
    }
    return columns;
  }

  /** What is known of each row. */
  enum Origin implements MetadataColumn {
    URL("url", DataTypes.STRING()),
    STATUS("status", DataTypes.INT()),
    FETCHED_AT("fetched-at", DataTypes.TIMESTAMP_LTZ(3)),
    PAGE("page", DataTypes.BIGINT()),
    OFFSET("offset", DataTypes.STRING()),
    INPUT("input", DataTypes.STRING()),
    ERROR("error", DataTypes.STRING());

    private final String key;
    private final DataType type;

    Origin(String key, DataType type) {
      this.key = key;
      this.type = type;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public DataType type() {
      return type;
    }

    @Override
    public @Nullable Object value(Input input, @Nullable PageInfo page, @Nullable String error) {
      if (this == INPUT) {
        return StringData.fromString(input.json());
      }
      if (this == ERROR) {
        return StringData.fromString(error);
      }
      return page == null ? null : of(page);
    }

    private @Nullable Object of(PageInfo page) {
      return switch (this) {
        case URL -> StringData.fromString(page.url());
        case STATUS -> page.status();
        case FETCHED_AT ->
            TimestampData.fromInstant(page.fetchedAt().truncatedTo(ChronoUnit.MILLIS));
        case PAGE -> page.page();
        case OFFSET -> StringData.fromString(page.offset());
        case INPUT, ERROR -> null;
      };
    }
  }

  /** A value of the input that the row was read for. */
  record Value(String column, InputType kind) implements MetadataColumn {
    @Override
    public String key() {
      return INPUT_PREFIX + column;
    }

    @Override
    public DataType type() {
      return switch (kind) {
        case BOOLEAN -> DataTypes.BOOLEAN();
        case WHOLE -> DataTypes.BIGINT();
        case FRACTION -> DataTypes.DOUBLE();
        case TEXT -> DataTypes.STRING();
      };
    }

    @Override
    public @Nullable Object value(Input input, @Nullable PageInfo page, @Nullable String error) {
      Object value = input.values().get(column);
      if (value == null) {
        return null;
      }
      return switch (kind) {
        case BOOLEAN -> value;
        case WHOLE -> ((Number) value).longValue();
        case FRACTION -> ((Number) value).doubleValue();
        case TEXT -> StringData.fromString(InputType.text(value));
      };
    }
  }
}
