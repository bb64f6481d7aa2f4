package io.reststream.spark.call;

import io.reststream.core.CallQueue;
import io.reststream.core.Calls;
import io.reststream.core.Input;
import io.reststream.core.config.OnError;
import io.reststream.spark.read.TaskWait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a partition with what came of their calls, in the order of the rows. No more rows are
 * taken than may be called for, and answers that nobody takes hold up further calls: memory stays
 * bounded.
 */
final class CalledRows implements Iterator<CalledRow> {
  /**
   * A row that is called for, or was before.
   *
   * @param number its place in the partition, from 0
   */
  private record Asked(long number, Row row, Input input, boolean known) {}

  private final Iterator<Row> rows;
  private final RowInputs inputs;
  private final Calls calls;
  private final int enough;
  private final OnError onError;
  private final @Nullable Progress progress;
  private final CallQueue<Asked, Outcome> queue;
  private long number;

  /**
   * The rows of a partition.
   *
   * @param enough with how many records a call asks for no further page
   * @param progress what an attempt before this one got, and what the next one will; null if each
   *     asks anew
   */
  CalledRows(
      Iterator<Row> rows,
      RowInputs inputs,
      Calls calls,
      int enough,
      OnError onError,
      @Nullable Progress progress) {
    this.rows = rows;
    this.inputs = inputs;
    this.calls = calls;
    this.enough = enough;
    this.onError = onError;
    this.progress = progress;
    this.queue = new CallQueue<>(calls);
    if (progress != null) {
      progress.onFailure(this::keepTheRest);
    }
  }

  @Override
  public boolean hasNext() {
    while (!queue.isFull() && rows.hasNext()) {
      begin(rows.next());
    }
    return !queue.isEmpty();
  }

  private void begin(Row row) {
    Input input = inputs.input(row);
    @Nullable Outcome known = progress == null ? null : progress.find(number, input);
    CompletableFuture<Outcome> outcome =
        known == null
            ? calls.call(input, enough).thenApply(answer -> Outcome.of(answer, onError))
            : CompletableFuture.completedFuture(known);
    queue.begin(new Asked(number, row, input, known != null), outcome);
    number++;
  }

  @Override
  public CalledRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All rows have their answers");
    }
    Outcome outcome;
    try {
      outcome = TaskWait.await(queue.first());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Asked asked = queue.take().row();
    if (progress != null && !asked.known()) {
      progress.add(asked.number(), asked.input(), outcome);
    }
    return new CalledRow(asked.row(), asked.input(), outcome);
  }

  /** Answers that came and were not taken, for the next attempt. */
  private void keepTheRest(Progress kept) {
    for (CallQueue.Begun<Asked, Outcome> begun : queue.begun()) {
      Asked asked = begun.row();
      if (asked.known()) {
        continue;
      }
      CompletableFuture<Outcome> answer = begun.answer();
      if (answer.isDone() && !answer.isCompletedExceptionally()) {
        kept.add(asked.number(), asked.input(), answer.join());
      } else {
        kept.miss(asked.number());
      }
    }
  }
}
