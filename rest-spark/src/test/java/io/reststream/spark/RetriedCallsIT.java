package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Answer;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.Request;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
@Timeout(300)
class RetriedCallsIT {
  @TempDir private Path directory;

  @Test
  void aTaskThatIsTriedAgainCallsOnlyForRowsWithoutAnAnswer() throws Exception {
    AtomicInteger refusals = new AtomicInteger(2);
    Path log = directory.resolve("log");
    try (FakeApi api = FakeApi.start()) {
      api.serve(
          "/numbers",
          request ->
              request.param("id").equals("140") && refusals.getAndDecrement() > 0
                  ? Answer.status(404).body("not yet")
                  : Answer.json("[{\"n\":" + request.param("id") + "}]"));

      Process process = start(api.url("/numbers{?id}"), log);
      try {
        assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }

      assertThat(Files.readString(log)).contains("made to fail").contains("not yet");
      assertThat(Files.readAllLines(log).stream().filter(line -> line.startsWith("sum ")))
          .containsExactly("sum 44850", "sum 44850");
      Map<String, Long> asked =
          api.requests().stream()
              .collect(Collectors.groupingBy(Request::target, Collectors.counting()));
      assertThat(asked).hasSize(300).containsEntry("/numbers?id=140", 3L);
      // What was under way when the refusal failed the task may be asked for once more.
      assertThat(
              LongStream.range(0, 300)
                  .filter(id -> id < 140 || id >= 150)
                  .mapToObj(id -> asked.get("/numbers?id=" + id)))
          .containsOnly(1L);
    }
  }

  private static Process start(String url, Path log) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add") || argument.startsWith("-Djdk."))
        .forEach(command::add);
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(RetriedCalls.class.getName(), url));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
