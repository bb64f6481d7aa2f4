package io.reststream.spark.read;

import io.reststream.spark.decode.RecordFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What rows are made of: columns of the input, of the page, and of the record.
 *
 * @param columns the columns that are wanted, in their order
 * @param inputColumns which of them may be the input's
 * @param record how a record is decoded; null where it stands in the column {@code output} as it is
 */
public record RowFormat(StructType columns, Set<String> inputColumns, @Nullable RecordFormat record)
    implements Serializable {
  public RowFormat {
    inputColumns = Set.copyOf(inputColumns);
  }

  /** Rows of these columns of the input, and of records as they are. */
  public static RowFormat untyped(List<StructField> inputs) {
    List<StructField> columns = new ArrayList<>(inputs);
    columns.addAll(List.of(InputColumns.OUTPUT_ONLY.fields()));
    return new RowFormat(
        DataTypes.createStructType(columns),
        inputs.stream().map(StructField::name).collect(Collectors.toSet()),
        null);
  }

  /**
   * The same rows with fewer columns, and with metadata columns. Spark may ask for a part of a
   * struct; it gets the whole one, so that what a field is never depends on which others are asked
   * for.
   */
  public RowFormat with(StructType wanted) {
    Map<String, StructField> known = new HashMap<>();
    for (StructField column : columns.fields()) {
      known.put(column.name(), column);
    }
    StructField[] fields =
        Arrays.stream(wanted.fields())
            .map(field -> known.getOrDefault(field.name(), field))
            .toArray(StructField[]::new);
    return new RowFormat(DataTypes.createStructType(fields), inputColumns, record);
  }

  /** Starts to make rows. */
  public Rows rows() {
    return new Rows(this);
  }
}
