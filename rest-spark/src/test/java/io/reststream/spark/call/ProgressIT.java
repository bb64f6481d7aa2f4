package io.reststream.spark.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import io.reststream.spark.LocalSpark;
import io.reststream.spark.keep.TaskBlocks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attempts of one partition that run at once in one executor. */
@Timeout(100)
class ProgressIT {
  private static final int ATTEMPTS = 4;

  @Test
  void attemptsThatWriteTheirNotesAtOnceLoseNone() {
    LocalSpark.session();
    for (int round = 0; round < 20; round++) {
      TaskBlocks blocks = new TaskBlocks(2_000_000 + round, 0, 1);
      CyclicBarrier together = new CyclicBarrier(ATTEMPTS);
      List<CompletableFuture<Void>> attempts = new ArrayList<>();
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        long row = attempt;
        attempts.add(CompletableFuture.runAsync(() -> write(blocks, row, together)));
      }
      attempts.forEach(CompletableFuture::join);
      try {
        for (int note = 0; note < ATTEMPTS; note++) {
          assertThat(blocks.read(note)).as("note %s in round %s", note, round).isNotNull();
        }
      } finally {
        for (int note = 0; note < ATTEMPTS; note++) {
          blocks.remove(note);
        }
      }
    }
  }

  private static void write(TaskBlocks blocks, long row, CyclicBarrier together) {
    Progress progress = new Progress(blocks);
    progress.add(
        row,
        Input.of(Map.of("id", row)),
        new Outcome(Collections.singletonList("x"), List.of(), null));
    try {
      together.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    progress.flush();
  }
}
