package io.reststream.spark.read;

import io.reststream.spark.decode.RecordFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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

  /** The same rows with other columns. */
  public RowFormat with(StructType wanted) {
    return new RowFormat(wanted, inputColumns, record);
  }

  /** Starts to make rows. */
  public Rows rows() {
    return new Rows(this);
  }
}
