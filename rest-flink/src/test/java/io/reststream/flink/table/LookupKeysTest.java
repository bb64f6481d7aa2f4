package io.reststream.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

class LookupKeysTest {

  @Test
  void timesAreSentWithTheirSecondsAlsoWhereTheseAreZero() {
    DataType rows =
        DataTypes.ROW(
            DataTypes.FIELD("at", DataTypes.TIMESTAMP(3)),
            DataTypes.FIELD("time", DataTypes.TIME(0)),
            DataTypes.FIELD("day", DataTypes.DATE()));
    var wanted =
        new RestTableSource.Wanted(new int[][] {{0}, {1}, {2}}, List.of(), List.of(), rows);
    LookupKeys keys = LookupKeys.of(new int[][] {{0}, {1}, {2}}, wanted);
    LocalDateTime at = LocalDateTime.of(2026, 1, 1, 10, 0);

    Input input =
        keys.input(
            GenericRowData.of(
                TimestampData.fromLocalDateTime(at),
                36_000_000,
                (int) at.toLocalDate().toEpochDay()));

    assertThat(input.json())
        .isEqualTo("{\"at\":\"2026-01-01T10:00:00\",\"day\":\"2026-01-01\",\"time\":\"10:00:00\"}");
  }
}
