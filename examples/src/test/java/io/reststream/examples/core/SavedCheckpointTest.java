package io.reststream.examples.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.examples.ExampleApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SavedCheckpointTest {
  @TempDir private Path directory;

  @Test
  void eachRunGoesOnWhereTheLastOneEnded() throws Exception {
    List<String> taken = new ArrayList<>();
    try (ExampleApi api = ExampleApi.start()) {
      api.append(9);
      for (int run = 0; run < 3; run++) {
        taken.addAll(SavedCheckpoint.next(3, api.url(), directory.resolve("saved")));
      }
      assertThat(taken).containsExactlyElementsOf(api.published());
    }
  }
}
