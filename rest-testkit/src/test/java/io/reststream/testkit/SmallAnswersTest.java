package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without {@code TCP_NODELAY} the JDK's server holds small answers back for 40 ms each. */
@Timeout(60)
class SmallAnswersTest {

  @Test
  void comeAtOnceWithoutAnyFlag() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Asker.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String median =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Long.parseLong(median)).as("median in milliseconds").isLessThan(20);
  }

  /** Asks one API again and again over one connection, and prints the median of the times. */
  static final class Asker {
    private Asker() {}

    public static void main(String[] args) throws Exception {
      try (FakeApi api = FakeApi.start()) {
        api.serve(Endpoint.at("/items"));
        long[] nanos = new long[101];
        for (int i = 0; i < nanos.length; i++) {
          long start = System.nanoTime();
          Http.get(api.url("/items"));
          nanos[i] = System.nanoTime() - start;
        }
        System.out.println(LongStream.of(nanos).sorted().toArray()[50] / 1_000_000);
      }
    }
  }
}
