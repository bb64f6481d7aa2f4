package io.reststream.flink;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;
import org.junit.jupiter.api.Timeout;

/** Flink's own suite for connectors, all cases of it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestConnectorSuiteIT extends SourceTestSuiteBase<String> {

  @TestSemantics
  CheckpointingMode[] semantics = new CheckpointingMode[] {CheckpointingMode.EXACTLY_ONCE};

  @TestEnv MiniClusterTestEnvironment environment = new MiniClusterTestEnvironment();

  @TestContext ExternalContextFactory<Tenants> context = test -> new Tenants();

  /**
   * The suite's splits are tenants. It makes most sources before their splits are written, so each
   * source reads all the tenants that a case may have; those without records are empty feeds.
   */
  static final class Tenants implements DataStreamSourceExternalContext<String> {
    private static final int[] ALL = IntStream.range(0, 4).toArray();

    private final TenantApi api = new TenantApi(10);
    private final long[] ids = new long[ALL.length];
    private int writers;

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
      RestSourceBuilder<String> source = api.source(ALL);
      return settings.getBoundedness() == Boundedness.BOUNDED
          ? source.bounded().build()
          : source.build();
    }

    @Override
    public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
        TestingSourceSettings settings) {
      int tenant = writers++;
      return new ExternalSystemSplitDataWriter<>() {
        @Override
        public void writeRecords(List<String> records) {
          api.api().feed("t" + tenant).append(records);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public List<String> generateTestData(
        TestingSourceSettings settings, int splitIndex, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<String> records = new ArrayList<>();
      for (int left = random.nextInt(30, 60); left > 0; left--) {
        records.add(
            "{\"tenant\":%d,\"id\":%d,\"any\":%d}"
                .formatted(splitIndex, ++ids[splitIndex], random.nextLong()));
      }
      return records;
    }

    @Override
    public TypeInformation<String> getProducedType() {
      return Types.STRING;
    }

    @Override
    public List<URL> getConnectorJarPaths() {
      return List.of();
    }

    @Override
    public void close() {
      api.close();
    }
  }
}
