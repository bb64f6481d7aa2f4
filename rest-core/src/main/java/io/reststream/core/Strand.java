package io.reststream.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is read one page after the other: an input, or one of its stretches.
 *
 * @param until where the stretch ends; null for what goes on with the time
 */
record Strand(Input input, @Nullable Instant until) {

  static Strand of(Input input, Position position) {
    Window window = position.window();
    return new Strand(input, window == null ? null : window.until());
  }
}
