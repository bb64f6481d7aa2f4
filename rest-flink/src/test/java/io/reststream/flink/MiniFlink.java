package io.reststream.flink;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One Flink for all tests of the JVM: two task managers of four slots each. */
final class MiniFlink implements ParameterResolver {
  private static final int TASK_MANAGERS = 2;
  private static final int SLOTS = 4;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Running resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(MiniFlink.class, key -> Running.start(), Running.class);
  }

  /** The cluster, until the last test of the JVM has ended. */
  record Running(MiniCluster cluster, InMemoryReporter metrics)
      implements ExtensionContext.Store.CloseableResource {

    private static Running start() {
      Configuration configuration = new Configuration();
      configuration.set(CoreOptions.TMP_DIRS, System.getProperty("java.io.tmpdir"));
      InMemoryReporter metrics = InMemoryReporter.create();
      metrics.addToConfiguration(configuration);
      MiniClusterConfiguration size =
          new MiniClusterConfiguration.Builder()
              .setConfiguration(configuration)
              .setNumTaskManagers(TASK_MANAGERS)
              .setNumSlotsPerTaskManager(SLOTS)
              .withRandomPorts()
              .build();
      MiniCluster cluster = new MiniCluster(size);
      try {
        cluster.start();
      } catch (Exception e) {
        throw new IllegalStateException("The mini cluster did not start", e);
      }
      return new Running(cluster, metrics);
    }

    /** An environment for one job of this cluster. */
    StreamExecutionEnvironment environment(int parallelism) {
      return environment(parallelism, new Configuration());
    }

    /** An environment for one job that goes on from a savepoint or checkpoint. */
    StreamExecutionEnvironment restored(int parallelism, String savepoint) {
      Configuration configuration = new Configuration();
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      return environment(parallelism, configuration);
    }

    StreamExecutionEnvironment environment(int parallelism, Configuration configuration) {
      return environment(parallelism, configuration, List.of());
    }

    /** An environment for one job that brings its classes along. */
    StreamExecutionEnvironment environment(
        int parallelism, Configuration configuration, List<URL> classPath) {
      configuration.set(MetricOptions.LATENCY_INTERVAL, Duration.ZERO);
      configuration.set(PipelineOptions.GENERIC_TYPES, false);
      StreamExecutionEnvironment environment =
          new TestStreamEnvironment(cluster, configuration, parallelism, List.of(), classPath);
      return environment;
    }

    @Override
    public void close() throws Exception {
      cluster.close();
    }
  }
}
