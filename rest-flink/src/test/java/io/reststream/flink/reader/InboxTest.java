package io.reststream.flink.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InboxTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final Inbox<String> inbox = new Inbox<>();

  @Test
  void doesNotWaitWhenSomethingIsThere() throws InterruptedException {
    inbox.put("a");
    inbox.put("b");

    inbox.await(LONG);

    assertThat(inbox.poll()).isEqualTo("a");
    assertThat(inbox.poll()).isEqualTo("b");
    assertThat(inbox.poll()).isNull();
  }

  @Test
  void doesNotWaitWhenTheTimeIsOver() throws InterruptedException {
    inbox.await(Duration.ZERO);
    inbox.await(Duration.ofSeconds(-1));

    assertThat(inbox.takeWakeUp()).isFalse();
  }

  @Test
  void aWakeUpSticksUntilItIsTaken() throws InterruptedException {
    inbox.wakeUp();

    inbox.await(LONG);
    inbox.await(LONG);

    assertThat(inbox.takeWakeUp()).isTrue();
    assertThat(inbox.takeWakeUp()).isFalse();
  }

  @Test
  void whatArrivesWhileItWaitsEndsTheWait() throws InterruptedException {
    CompletableFuture<Void> putting = CompletableFuture.runAsync(() -> inbox.put("late"));

    inbox.await(LONG);

    assertThat(inbox.poll()).isEqualTo("late");
    putting.join();
  }
}
