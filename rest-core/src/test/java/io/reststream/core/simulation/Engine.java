package io.reststream.core.simulation;

import io.reststream.core.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores positions and moves records, and loses what is only in memory when it crashes. */
sealed interface Engine permits FlinkEngine, SparkEngine {

  static Engine of(Plan plan, Dice dice) {
    return plan.engine == Plan.EngineKind.FLINK
        ? new FlinkEngine(dice)
        : new SparkEngine(dice, plan.batchSize);
  }

  /** Where an input stands, as it was stored; null if nothing was. */
  @Nullable Position position(String input);

  /**
   * Takes the new records of a page, and the position after it, as it was written and read again.
   */
  void accept(String input, List<String> records, Position next);

  /** Moves some records on, and makes some of what happened durable. */
  void work();

  /** Loses all that is not durable. */
  void crash();

  /** Makes everything durable. */
  void finish();

  /** What the sink holds of an input. */
  List<String> delivered(String input);
}
