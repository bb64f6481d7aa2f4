package io.reststream.core.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrencyLimitTest {
  private final ConcurrencyLimit limit = new ConcurrencyLimit(2);
  private final List<CompletableFuture<String>> begun = new ArrayList<>();

  private CompletableFuture<String> begin() {
    return limit.begin(
        () -> {
          CompletableFuture<String> future = new CompletableFuture<>();
          begun.add(future);
          return future;
        });
  }

  @Test
  void oneMoreBeginsWhenAnotherHasEnded() {
    CompletableFuture<String> first = begin();
    CompletableFuture<String> second = begin();
    CompletableFuture<String> third = begin();
    CompletableFuture<String> fourth = begin();
    assertThat(begun).hasSize(2);
    begun.get(1).complete("b");
    assertThat(second).isCompletedWithValue("b");
    assertThat(begun).hasSize(3);
    begun.get(0).completeExceptionally(new IllegalStateException("a"));
    assertThat(first).isCompletedExceptionally();
    assertThat(begun).hasSize(4);
    begun.get(2).complete("c");
    begun.get(3).complete("d");
    assertThat(third).isCompletedWithValue("c");
    assertThat(fourth).isCompletedWithValue("d");
  }

  @Test
  void cancellingTakesItOutOfTheQueueOrCancelsWhatHasBegun() {
    CompletableFuture<String> first = begin();
    begin();
    CompletableFuture<String> third = begin();
    begin();
    assertThat(third.cancel(true)).isTrue();
    assertThat(first.cancel(true)).isTrue();
    assertThat(begun.get(0)).isCancelled();
    assertThat(begun).as("the fourth, in place of the first").hasSize(3);
    begun.get(1).complete("b");
    assertThat(begun).hasSize(3);
  }

  @Test
  void failureToBeginFreesThePlace() {
    for (int i = 0; i < 5; i++) {
      assertThat(
              limit.begin(
                  () -> {
                    throw new IllegalStateException("no");
                  }))
          .isCompletedExceptionally();
    }
    begin();
    begin();
    assertThat(begun).hasSize(2);
  }

  @Test
  void queueOfWhatEndsAtOnceDoesNotNest() {
    begin();
    begin();
    AtomicInteger ended = new AtomicInteger();
    for (int i = 0; i < 100_000; i++) {
      limit.begin(() -> CompletableFuture.completedFuture(ended.incrementAndGet()));
    }
    assertThat(ended).hasValue(0);
    begun.get(0).complete("a");
    assertThat(ended).hasValue(100_000);
  }

  @Test
  void partsShareTheLimitAndEachHasOne() {
    limit.share(3);
    begin();
    begin();
    assertThat(begun).hasSize(1);
    limit.share(1);
    assertThat(begun).hasSize(2);
  }

  @Test
  void limitHoldsAmongThreads() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int i = 0; i < 2_000; i++) {
        all.add(
            CompletableFuture.supplyAsync(
                    () ->
                        limit.begin(
                            () -> {
                              most.accumulateAndGet(running.incrementAndGet(), Math::max);
                              return CompletableFuture.supplyAsync(
                                  running::decrementAndGet, threads);
                            }),
                    threads)
                .thenCompose(future -> future));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void limitThatLetsNothingThroughIsRefused() {
    assertThatThrownBy(() -> new ConcurrencyLimit(0))
        .hasMessage("Concurrent requests (0) must be at least 1");
  }
}
