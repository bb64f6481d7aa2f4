package io.reststream.examples.core;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestStream;
import io.reststream.examples.ExampleApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads an API without an engine, and goes on after a restart where it was. */
public final class SavedCheckpoint {
  private SavedCheckpoint() {}

  /** Takes the next records, and saves where to go on. */
  public static List<String> next(int records, String api, Path saved) throws IOException {
    RestConfig config =
        RestConfig.parse(
            Map.of(
                "url", api + "/items?start_id={id}",
                "offsetType", "incremental",
                "offsetField", "id",
                "streamingInterval", "500ms"),
            ReadMode.STREAM);
    List<String> taken = new ArrayList<>();
    try (RestStream stream = RestStream.open(config)) {
      if (Files.exists(saved)) {
        var unused = stream.from(Files.readString(saved));
      }
      while (taken.size() < records) {
        taken.add(stream.next());
      }
      // A file of its own first: a process that is killed while it writes leaves half of one.
      Path written = Files.writeString(saved.resolveSibling("written"), stream.checkpoint());
      var unused = Files.move(written, saved, StandardCopyOption.ATOMIC_MOVE);
    }
    return taken;
  }

  /** Five runs, each of which goes on where the last one ended. */
  public static void main(String[] args) throws IOException {
    Path saved = Files.createTempDirectory("saved-checkpoint").resolve("checkpoint.json");
    try (ExampleApi api = ExampleApi.growing()) {
      for (int run = 1; run <= 5; run++) {
        System.out.println("Run " + run + ": " + next(3, api.url(), saved));
      }
    }
  }
}
