package io.reststream.spark.stream;

import static io.reststream.spark.stream.Script.BETWEEN;
import static io.reststream.spark.stream.Script.WITHIN;
import static io.reststream.spark.stream.Script.input;
import static io.reststream.spark.stream.Script.inputs;
import static io.reststream.spark.stream.Script.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.Polled;
import io.reststream.core.Position;
import io.reststream.core.RestException;
import io.reststream.core.Wait;
import io.reststream.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FetcherTest {
  private static final int MOST = 8;

  private final Script api = new Script();
  private final ManualClock clock = new ManualClock();
  private Fetcher fetcher;

  private Fetcher fetch(int inputs, int batchSize) {
    return fetch(inputs, batchSize, BETWEEN, clock);
  }

  private Fetcher fetch(int inputs, int batchSize, Position position, InstantSource time) {
    fetcher = new Fetcher(api, time, batchSize, MOST, inputs(inputs, position));
    return fetcher;
  }

  @AfterEach
  void close() {
    fetcher.close();
  }

  private CompletableFuture<Taken> take(long wanted) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return fetcher.take(wanted, true);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private Polled later() {
    return new Wait(clock.instant().plusSeconds(10), "the next cycle is not due");
  }

  @Test
  void severalInputsAreAskedAtOnceButNotAllOfThem() throws Exception {
    fetch(20, 1000);
    CompletableFuture<Taken> taken = take(1000);
    api.awaitOpen(MOST);

    api.answer(0, page(1, WITHIN));
    api.answer(8, page(1, WITHIN));
    api.answer(9, page(1, WITHIN));

    assertThat(taken).isNotDone();
    assertThat(api.open()).hasSize(MOST).contains(input(1), input(7), input(10));
  }

  @Test
  void pagesAreTakenUntilThereAreEnoughAndTheLastOneIsTakenWhole() throws Exception {
    fetch(1, 10);
    CompletableFuture<Taken> taken = take(10);

    api.answer(0, page(4, WITHIN));
    api.answer(0, page(4, WITHIN));
    api.answer(0, page(4, WITHIN));

    assertThat(taken.get().records()).isEqualTo(12);
    assertThat(taken.get().pages()).hasSize(3);
    assertThat(taken.get().moved()).containsOnlyKeys(input(0)).containsValue(WITHIN);
  }

  @Test
  void whileNothingIsDueNothingIsAsked() throws Exception {
    fetch(2, 10);
    CompletableFuture<Taken> first = take(10);
    api.answer(0, later());
    api.answer(1, later());
    assertThat(first.get().moved()).isEmpty();

    for (int i = 0; i < 100; i++) {
      assertThat(fetcher.take(10, true).moved()).isEmpty();
    }
    assertThat(api.asked()).hasSize(2);
    assertThat(fetcher.waitingUntil()).isEqualTo(clock.instant().plusSeconds(10));

    clock.advance(Duration.ofSeconds(10));
    CompletableFuture<Taken> second = take(10);
    api.answer(1, page(1, BETWEEN));
    api.answer(0, later());
    api.answer(1, later());
    assertThat(second.get().records()).isEqualTo(1);
  }

  @Test
  void theNextBatchIsFetchedAheadButNoMoreThanThat() throws Exception {
    fetch(1, 10);
    CompletableFuture<Taken> taken = take(10);
    for (int i = 0; i < 4; i++) {
      api.answer(0, page(5, WITHIN));
    }
    assertThat(taken.get().records()).isEqualTo(10);
    assertThat(api.open()).isEmpty();
    assertThat(api.asked()).hasSize(4);

    assertThat(fetcher.take(10, false).records()).isEqualTo(10);
    assertThat(api.asked()).hasSize(5);
  }

  @Test
  void whatIsFetchedAheadIsBoundedByBytesToo() throws Exception {
    fetch(1, 1000);
    CompletableFuture<Taken> taken = take(1);
    api.answer(0, page(1, WITHIN));
    taken.get();
    api.answer(0, page(1, Taken.MAX_BYTES - 1, WITHIN));
    api.answer(0, page(1, Taken.MAX_BYTES, WITHIN));

    assertThat(api.open()).as("the pages that wait fill the room").isEmpty();
    assertThat(api.asked()).hasSize(3);

    assertThat(fetcher.take(1000, false).records()).isEqualTo(2);
    assertThat(api.open()).containsExactly(input(0));
  }

  @Test
  void pagesThatAreExpectedCountAsIfTheyWereThere() throws Exception {
    fetch(8, 10);
    CompletableFuture<Taken> taken = take(10);
    api.awaitOpen(8);
    for (int i = 0; i < 8; i++) {
      api.answer(i, page(10, WITHIN));
    }
    taken.get();
    for (int i = 0; i < 7; i++) {
      fetcher.take(10, false);
    }

    assertThat(api.open()).as("one page is a batch ahead").hasSize(1);
  }

  @Test
  void aFailureComesAfterThePagesBeforeItAndEndsTheAsking() throws Exception {
    RestException problem = new RestException("GET http://api was answered with status 500");
    fetch(3, 10);
    CompletableFuture<Taken> taken = take(10);
    api.awaitOpen(3);
    api.answer(0, page(2, BETWEEN));
    api.fail(1, problem);

    assertThat(taken.get().records()).isEqualTo(2);
    assertThatThrownBy(() -> fetcher.take(10, true)).isSameAs(problem);
    assertThat(api.asked()).hasSize(4);
  }

  @Test
  void aDrainReadsOneCycleOfEachInputAndAsksNoMore() throws Exception {
    fetch(2, 10);
    fetcher.drain(null);
    CompletableFuture<Taken> taken = take(100);
    api.answer(0, page(3, WITHIN));
    api.answer(1, page(3, BETWEEN));
    api.answer(0, page(3, BETWEEN));

    assertThat(taken.get().records()).isEqualTo(9);
    assertThat(taken.get().isFinished()).isTrue();
    assertThat(fetcher.take(100, true).isFinished()).isTrue();
    assertThat(api.asked()).containsExactly(input(0), input(1), input(0));
  }

  @Test
  void aDrainFinishesTheCycleThatIsUnderWayAndThenReadsAWholeOne() throws Exception {
    fetch(1, 10, WITHIN, clock);
    fetcher.drain(null);
    CompletableFuture<Taken> taken = take(100);
    api.answer(0, page(1, BETWEEN));
    api.answer(0, page(1, WITHIN));
    api.answer(0, page(1, BETWEEN));

    assertThat(taken.get().records()).isEqualTo(3);
    assertThat(taken.get().isFinished()).isTrue();
  }

  @Test
  void aDrainWaitsForWhatIsNotDueYet() throws Exception {
    fetch(1, 10, BETWEEN, InstantSource.system());
    fetcher.drain(null);
    CompletableFuture<Taken> taken = take(100);
    api.answer(0, new Wait(Instant.now().plusMillis(200), "retry 1 of 5: status 429"));

    api.answer(0, page(1, BETWEEN));
    assertThat(taken.get().records()).isEqualTo(1);
  }

  @Test
  void aDrainOfAFeedThatNeverEndsStopsAtItsTimeAndKeepsWhatWasRead() throws Exception {
    fetch(2, 10, BETWEEN, InstantSource.system());
    fetcher.drain(Duration.ofMillis(500));
    CompletableFuture<Taken> taken = take(1000);
    CompletableFuture<Polled> cut = api.request(1);
    api.answer(0, page(4, WITHIN));
    api.answer(0, page(4, WITHIN));

    assertThat(taken.get().records()).isEqualTo(8);
    assertThat(taken.get().isFinished()).isTrue();
    assertThat(cut).isCancelled();
    int asked = api.asked().size();
    assertThat(fetcher.take(10, true).isFinished()).isTrue();
    assertThat(api.asked()).hasSize(asked);
  }

  @Test
  void aSecondDrainAsksAllInputsAgain() throws Exception {
    fetch(1, 10);
    fetcher.drain(null);
    CompletableFuture<Taken> first = take(10);
    api.answer(0, page(1, BETWEEN));
    assertThat(first.get().isFinished()).isTrue();

    fetcher.drain(null);
    CompletableFuture<Taken> second = take(10);
    api.answer(0, page(2, BETWEEN));
    assertThat(second.get().records()).isEqualTo(2);
  }

  @Test
  void aSlowInputDoesNotHoldTheRecordsOfTheOthersBack() throws Exception {
    fetch(2, 1000);
    long began = System.nanoTime();
    CompletableFuture<Taken> taken = take(1000);
    api.answer(1, page(1, BETWEEN));
    api.answer(1, later());

    assertThat(taken.get().records()).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Fetcher.LINGER);
    assertThat(api.open()).containsExactly(input(0));

    api.answer(0, page(1, BETWEEN));
    assertThat(fetcher.take(1000, false).moved()).containsOnlyKeys(input(0));
  }

  @Test
  void aWalkOverEmptyPagesComesUpForAirSoThatItCanBeSaved() throws Exception {
    fetch(1, 1000);
    CompletableFuture<Taken> taken = take(1000);
    while (!taken.isDone()) {
      if (!api.open().isEmpty()) {
        api.answer(0, page(0, WITHIN));
      }
    }

    assertThat(taken.get().records()).isZero();
    assertThat(taken.get().moved()).containsOnlyKeys(input(0));
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    fetch(1, 10);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                fetcher.take(10, true);
              } catch (InterruptedException e) {
                thrown.complete(e);
              }
            });
    waiter.start();
    CompletableFuture<Polled> unanswered = api.request(0);

    waiter.interrupt();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(unanswered).isNotDone();
  }

  @Test
  void closingEndsTheRequestsAndWhoeverWaitsForThem() throws Exception {
    fetch(1, 10);
    CompletableFuture<Taken> taken = take(10);
    CompletableFuture<Polled> hanging = api.request(0);

    fetcher.close();

    assertThat(hanging).isCancelled();
    assertThatThrownBy(taken::get).hasCauseInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> fetcher.take(10, true))
        .isInstanceOf(CancellationException.class)
        .hasMessage("The stream was stopped");
  }

  @Test
  void whatIsThrownWhileAnAnswerIsTakenInEndsADrainThatWaits() throws Exception {
    AtomicInteger polls = new AtomicInteger();
    CompletableFuture<Polled> answer = new CompletableFuture<>();
    fetcher =
        new Fetcher(
            (input, position) -> {
              if (polls.incrementAndGet() == 1) {
                return answer;
              }
              throw new AssertionError("no memory left, or a bug");
            },
            clock,
            10,
            MOST,
            inputs(1, WITHIN));
    fetcher.drain(null);
    CompletableFuture<Taken> taken = take(10);
    while (polls.get() == 0) {
      Thread.onSpinWait();
    }

    answer.complete(page(0, WITHIN));

    assertThat(taken.get().isFinished()).isFalse();
    assertThatThrownBy(() -> fetcher.take(10, true))
        .isInstanceOf(RestException.class)
        .hasMessageEndingWith("no memory left, or a bug");
  }

  @Test
  void tenThousandInputsThatAreNotDueAreNoDeepRecursion() throws Exception {
    int[] polls = {0};
    Wait later = (Wait) later();
    fetcher =
        new Fetcher(
            (input, position) -> {
              polls[0]++;
              return CompletableFuture.completedFuture(later);
            },
            clock,
            10,
            MOST,
            inputs(10_000, BETWEEN));

    assertThat(fetcher.take(10, true).moved()).isEmpty();
    assertThat(polls[0]).isEqualTo(10_000);
    assertThat(fetcher.take(10, true).moved()).isEmpty();
    assertThat(polls[0]).isEqualTo(10_000);
  }
}
