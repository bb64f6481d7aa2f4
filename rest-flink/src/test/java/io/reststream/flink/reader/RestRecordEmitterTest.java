package io.reststream.flink.reader;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.Position;
import io.reststream.core.ReadMode;
import io.reststream.core.Records;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.flink.deserializer.RestRecord;
import io.reststream.flink.split.RestSplit;
import io.reststream.flink.split.RestSplitState;
import io.reststream.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

class RestRecordEmitterTest {
  private static final String URL = "https://api.example.com/0?from=0";

  /** Checks a text before it is handed over. */
  private record Checked(Consumer<String> check) implements RestDeserializer<String> {
    @Override
    public void deserialize(RestRecord record, Collector<String> out) {
      check.accept(record.text());
      out.collect(record.text());
    }

    @Override
    public TypeInformation<String> getProducedType() {
      return Types.STRING;
    }
  }

  private static void emit(Consumer<String> check, TestingReaderOutput<String> output)
      throws IOException {
    RestConfig config = RestConfig.parse(Map.of("url", URL, "offsetField", "id"), ReadMode.STREAM);
    RestPoller poller = new RestPoller(config, new FakeTransport(), new ManualClock());
    var group =
        InternalSourceReaderMetricGroup.mock(
            UnregisteredMetricGroups.createUnregisteredTaskMetricGroup());
    var emitter =
        new RestRecordEmitter<>(
            new Checked(check), new RestReaderMetrics(group, poller), new RowLimit(Long.MAX_VALUE));
    Records records = Records.of(List.of("{\"id\":1}".getBytes(StandardCharsets.UTF_8)));
    PageInfo info = new PageInfo(URL, 200, ManualClock.EPOCH, 0, 1, 0, null);
    Position position = poller.start();
    PageCursor at = new PageCursor(new FetchedPage(records, info, position, false), 0, 1);
    at.advance();
    emitter.emitRecord(at, output, new RestSplitState(RestSplit.fresh(Input.EMPTY)));
  }

  @Test
  void namesTheRecordWhateverADeserializerThrows() {
    Consumer<String> check =
        text -> {
          throw new IllegalArgumentException("no tenant");
        };
    assertThatThrownBy(() -> emit(check, new TestingReaderOutput<>()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Record 1 of 1 of page 0 of https://api.example.com/0?from=0 cannot be deserialized: java.lang.IllegalArgumentException: no tenant")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blamesNoRecordForWhatTheNextOperatorsThrow() {
    var failing =
        new TestingReaderOutput<String>() {
          @Override
          public void collect(String record) {
            throw new IllegalStateException("the sink is full");
          }
        };
    assertThatThrownBy(() -> emit(text -> {}, failing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the sink is full");
  }
}
