package io.reststream.spark.read;

import io.reststream.core.Input;
import io.reststream.spark.log.PageFacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The metadata columns: where a record came from. Null where that is not known. */
public enum OriginColumn {
  URL(
      "_rest_url",
      DataTypes.StringType,
      "The address that was asked, secrets left out.",
      (input, page) -> text(page == null ? null : page.url())),
  STATUS(
      "_rest_status",
      DataTypes.IntegerType,
      "The HTTP status of the answer.",
      (input, page) -> page == null ? null : page.status()),
  FETCHED_AT(
      "_rest_fetched_at",
      DataTypes.TimestampType,
      "When the answer was complete.",
      (input, page) ->
          page == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, page.fetchedAt())),
  PAGE(
      "_rest_page",
      DataTypes.LongType,
      "The number of the page within its cycle, from 0.",
      (input, page) -> page == null ? null : page.page()),
  OFFSET(
      "_rest_offset",
      DataTypes.StringType,
      "The offset that was asked with.",
      (input, page) -> text(page == null ? null : page.offset())),
  INPUT(
      "_rest_input",
      DataTypes.StringType,
      "The row of inputData, as JSON.",
      (input, page) -> text(input.json()));

  /** Finds the value of a column. */
  @FunctionalInterface
  private interface Value {
    @Nullable Object of(Input input, @Nullable PageFacts page);
  }

  private record Described(String name, DataType dataType, String comment)
      implements MetadataColumn {}

  private final String column;
  private final DataType type;
  private final String meaning;
  private final Value value;

  OriginColumn(String column, DataType type, String meaning, Value value) {
    this.column = column;
    this.type = type;
    this.meaning = meaning;
    this.value = value;
  }

  /** The column of this name, in any case, if there is one. */
  public static Optional<OriginColumn> find(String name) {
    return Arrays.stream(values()).filter(one -> one.column.equalsIgnoreCase(name)).findFirst();
  }

  /** All of them, as Spark wants to know them. */
  public static MetadataColumn[] all() {
    return Arrays.stream(values())
        .map(one -> new Described(one.column, one.type, one.meaning))
        .toArray(MetadataColumn[]::new);
  }

  /** The column in a schema. */
  public StructField field() {
    return DataTypes.createStructField(column, type, true);
  }

  @Nullable Object value(Input input, @Nullable PageFacts page) {
    return value.of(input, page);
  }

  /** Its value for a row of a query, where {@link #value} is what Spark keeps in its own. */
  public @Nullable Object external(Input input, @Nullable PageFacts page) {
    return CatalystTypeConverters.convertToScala(value(input, page), type);
  }

  private static @Nullable Object text(@Nullable String text) {
    return text == null ? null : UTF8String.fromString(text);
  }

  @Override
  public String toString() {
    return column;
  }
}
