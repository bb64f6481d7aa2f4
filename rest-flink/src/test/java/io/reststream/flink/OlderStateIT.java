package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.flink.enumerator.RestEnumState;
import io.reststream.flink.split.RestSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints of earlier versions of a split's state. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OlderStateIT {
  private static final int VERSION = 1;

  @TempDir Path savepoints;

  @Test
  void aSavepointOfVersion1IsGoneOnWith(MiniFlink.Running flink) throws Exception {
    try (TenantApi api = new TenantApi(3)) {
      api.append(0, 1, 10);
      api.append(1, 1, 10);
      Received<String> received = new Received<>();
      String savepoint;
      var env = flink.environment(2);
      received.from(
          env.fromSource(
                  new OfVersion1<>(api.source(0, 1).build()),
                  WatermarkStrategy.noWatermarks(),
                  "rest")
              .uid("rest"));
      try (Job job = Job.start(env)) {
        var unused = received.await(20, Job.LIMIT, job);
        savepoint = job.stop(savepoints);
      }
      int asked = api.api().requests().size();
      api.append(0, 11, 5);
      api.append(1, 11, 5);

      var restored = flink.restored(1, savepoint);
      received.from(TenantApi.read(restored, api.source(0, 1).build()));
      try (Job job = Job.start(restored)) {
        assertThat(received.await(30, Job.LIMIT, job))
            .containsExactlyInAnyOrderElementsOf(api.published());
      }
      assertThat(api.api().requests().subList(asked, api.api().requests().size()))
          .allMatch(request -> Long.parseLong(String.valueOf(request.param("from"))) > 10);
    }
  }

  /**
   * Writes splits as the first release did, whose bytes had no stretches and were else the same.
   */
  private record OfVersion1<T>(RestSource<T> source)
      implements Source<T, RestSplit, RestEnumState>, ResultTypeQueryable<T> {
    @Override
    public Boundedness getBoundedness() {
      return source.getBoundedness();
    }

    @Override
    public SourceReader<T, RestSplit> createReader(SourceReaderContext context) throws Exception {
      return source.createReader(context);
    }

    @Override
    public SplitEnumerator<RestSplit, RestEnumState> createEnumerator(
        SplitEnumeratorContext<RestSplit> context) {
      return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<RestSplit, RestEnumState> restoreEnumerator(
        SplitEnumeratorContext<RestSplit> context, RestEnumState state) {
      return source.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<RestSplit> getSplitSerializer() {
      return new SplitsOfVersion1(source.getSplitSerializer());
    }

    @Override
    public SimpleVersionedSerializer<RestEnumState> getEnumeratorCheckpointSerializer() {
      return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<T> getProducedType() {
      return source.getProducedType();
    }
  }

  private record SplitsOfVersion1(SimpleVersionedSerializer<RestSplit> now)
      implements SimpleVersionedSerializer<RestSplit> {
    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(RestSplit split) throws IOException {
      assertThat(split.stretch()).isNull();
      return now.serialize(split);
    }

    @Override
    public RestSplit deserialize(int version, byte[] serialized) throws IOException {
      return now.deserialize(version, serialized);
    }
  }
}
