package io.reststream.examples.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reststream.examples.ExampleApi;
import io.reststream.testkit.KafkaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job's process is killed with SIGKILL, again and again, while events come in. */
@Tag("full")
@Timeout(300)
class KafkaTransactionsIT {
  private static final String TOPIC = "events";
  private static final int KILLS = Integer.getInteger("kills", 4);
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);

  private final List<String> committed = new ArrayList<>();
  private final TopicPartition partition = new TopicPartition(TOPIC, 0);

  @TempDir Path directory;

  @Test
  void aReaderOfWhatIsCommittedSeesEachEventOnceHoweverOftenTheJobIsKilled() throws Exception {
    Path checkpoints = Files.createDirectories(directory.resolve("checkpoints"));
    ScheduledExecutorService growth = Executors.newSingleThreadScheduledExecutor();
    try (ExampleApi api = ExampleApi.start();
        KafkaProcess kafka = new KafkaProcess(Files.createDirectories(directory.resolve("kafka")));
        KafkaConsumer<String, String> consumer = consumer(kafka.servers())) {
      consumer.assign(List.of(partition));
      var unused = growth.scheduleWithFixedDelay(() -> api.append(3), 0, 20, TimeUnit.MILLISECONDS);
      for (int kill = 0; kill < KILLS; kill++) {
        Process job = start(api, kafka, checkpoints, kill);
        try {
          // Anywhere between two commits: records are on their way, most of them not committed.
          read(consumer, committed.size() + 1 + 40 * kill, job, kill);
        } finally {
          job.destroyForcibly().onExit().join();
        }
      }
      growth.shutdownNow();
      assertThat(growth.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      int published = api.published().size();
      Process job = start(api, kafka, checkpoints, KILLS);
      try {
        read(consumer, published, job, KILLS);
        consumer.seekToBeginning(List.of(partition));
        committed.clear();
        read(consumer, published, job, KILLS);
      } finally {
        job.destroyForcibly().onExit().join();
      }

      assertThat(consumer.position(partition))
          .as("all that is committed was read")
          .isEqualTo(consumer.endOffsets(List.of(partition)).get(partition));
      assertThat(ids(committed)).containsExactlyElementsOf(ids(api.published()));
      System.out.printf("%d kills; %d events, each once and in order%n", KILLS, published);
    } finally {
      growth.shutdownNow();
    }
  }

  private static List<Long> ids(List<String> events) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Long> ids = new ArrayList<>();
    for (String event : events) {
      ids.add(json.readTree(event).get("id").longValue());
    }
    return ids;
  }

  private static KafkaConsumer<String, String> consumer(String servers) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", servers,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  /** Reads until at least so many events were committed. */
  private void read(KafkaConsumer<String, String> consumer, int events, Process job, int number)
      throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (committed.size() < events) {
      for (ConsumerRecord<String, String> event : consumer.poll(POLL)) {
        committed.add(event.value());
      }
      if (!job.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(
            "%d of %d events are committed; the job %s:%n%s"
                .formatted(
                    committed.size(),
                    events,
                    job.isAlive() ? "runs" : "has ended",
                    Files.readString(log(number))));
      }
    }
  }

  private Path log(int number) {
    return directory.resolve("job-" + number + ".log");
  }

  private Process start(ExampleApi api, KafkaProcess kafka, Path checkpoints, int number)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                KafkaTransactions.class.getName(),
                api.url(),
                kafka.servers(),
                TOPIC,
                checkpoints.toString()));
    latest(checkpoints).ifPresent(checkpoint -> command.add(checkpoint.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log(number).toFile())
        .start();
  }

  /** The last checkpoint that was completed, by the job that ran last. */
  private static Optional<Path> latest(Path checkpoints) throws IOException {
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .max(
              Comparator.comparingInt(
                  checkpoint ->
                      Integer.parseInt(checkpoint.getFileName().toString().replace("chk-", ""))));
    }
  }
}
