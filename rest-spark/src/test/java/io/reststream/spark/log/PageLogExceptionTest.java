package io.reststream.spark.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageLogExceptionTest {
  private static RuntimeException io(IOException cause) {
    return PageLogException.io("write", "segments/1", cause, "Start it again.");
  }

  @Test
  void anInterruptStaysOne() {
    for (IOException interrupt :
        List.of(new InterruptedIOException("Call interrupted"), new ClosedByInterruptException())) {
      assertThat(io(interrupt)).isInstanceOf(UncheckedIOException.class).hasCause(interrupt);
    }
  }

  /** Java counts a time-out among the interrupts; Hadoop's clients have one for each server. */
  @Test
  void aServerThatDoesNotAnswerIsNoInterrupt() {
    assertThat(io(new SocketTimeoutException("60000 millis timeout while waiting")))
        .isInstanceOf(PageLogException.class)
        .hasMessage(
            "Cannot write the page log file segments/1: 60000 millis timeout while waiting. Start it again.");
  }
}
