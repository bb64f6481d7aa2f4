package io.reststream.spark.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Records;
import io.reststream.spark.log.HadoopStore;
import io.reststream.spark.log.LogRange;
import io.reststream.spark.log.LoggedPage;
import io.reststream.spark.log.PageLog;
import io.reststream.spark.log.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPartitionsTest {
  private static final RowFormat FORMAT =
      RowFormat.untyped(List.of(DataTypes.createStructField("n", DataTypes.LongType, true)));

  @TempDir Path directory;

  private PageLog log() throws IOException {
    Configuration conf = new Configuration(false);
    return PageLog.open(
        HadoopStore.at(directory.toUri().toString(), conf),
        "start",
        List.of(),
        100,
        InstantSource.system());
  }

  private static void append(PageLog log, int input, int records, int length) {
    List<byte[]> texts =
        IntStream.range(0, records)
            .mapToObj(i -> "%08d".formatted(i) + "x".repeat(length - 8))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
    log.append(
        List.of(new LoggedPage("{\"n\":" + input + "}", Records.of(texts), null)), Map.of(), false);
  }

  /** Input and number of each record, read by a factory that was serialized, as tasks do. */
  private static List<String> read(InputPartition[] partitions) throws Exception {
    LogReaderFactory factory =
        serialized(
            new LogReaderFactory(FORMAT, new ShippedConfiguration(new Configuration(false))));
    List<String> read = new ArrayList<>();
    for (InputPartition partition : partitions) {
      try (var reader = factory.createReader(serialized(partition))) {
        while (reader.next()) {
          read.add(
              reader.get().getLong(0)
                  + "/"
                  + Integer.parseInt(reader.get().getUTF8String(1).toString().substring(0, 8)));
        }
      }
    }
    return read;
  }

  @SuppressWarnings("unchecked")
  private static <T> T serialized(T object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  private static List<String> expected(int input, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> input + "/" + i).toList();
  }

  @Test
  void theRecordsOfASmallBatchTravelWithOneTask() throws Exception {
    PageLog log = log();
    append(log, 1, 1000, 135);
    append(log, 2, 10, 135);

    InputPartition[] partitions = LogPartitions.plan(log.ranges(new Place(1, 995), log.end()));

    assertThat(partitions).hasSize(1);
    assertThat(((LogPartition) partitions[0]).chunks())
        .allMatch(LogPartition.Carried.class::isInstance);
    List<String> both = new ArrayList<>(expected(1, 995, 1000));
    both.addAll(expected(2, 0, 10));
    assertThat(read(partitions)).isEqualTo(both);
  }

  @Test
  void aBatchThatIsNoLongerInMemoryIsReadFromTheLog() throws Exception {
    append(log(), 1, 1000, 135);
    PageLog again = log();

    InputPartition[] partitions =
        LogPartitions.plan(again.ranges(new Place(1, 10), new Place(1, 900)));

    assertThat(partitions).hasSize(1);
    assertThat(((LogPartition) partitions[0]).chunks())
        .allMatch(LogPartition.Stored.class::isInstance);
    assertThat(read(partitions)).isEqualTo(expected(1, 10, 900));
  }

  @Test
  void noTaskCarriesMoreThanSparkLikes() throws Exception {
    PageLog log = log();
    append(log, 1, 2000, 1000);

    InputPartition[] partitions = LogPartitions.plan(log.ranges(Place.START, log.end()));

    assertThat(partitions).hasSize(4);
    for (InputPartition partition : partitions) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new ObjectOutputStream(bytes).writeObject(partition);
      assertThat(bytes.size()).isLessThan(1000 * 1024);
    }
    assertThat(read(partitions)).isEqualTo(expected(1, 0, 2000));
  }

  @Test
  void aLargePageIsReadFromTheLogBySeveralTasksThoughItIsStillInMemory() throws Exception {
    PageLog log = log();
    append(log, 1, 9000, 1000);

    List<LogRange> ranges = log.ranges(Place.START, log.end());
    InputPartition[] partitions = LogPartitions.plan(ranges);

    assertThat(ranges).allMatch(range -> range.bytes() != null);
    assertThat(partitions).hasSize(3);
    assertThat(read(partitions)).isEqualTo(expected(1, 0, 9000));
  }

  @Test
  void nothingIsNoPartition() throws Exception {
    assertThat(LogPartitions.plan(log().ranges(Place.START, Place.START))).isEmpty();
  }
}
