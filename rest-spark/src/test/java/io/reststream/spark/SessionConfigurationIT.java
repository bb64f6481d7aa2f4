package io.reststream.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.Endpoint;
import io.reststream.testkit.FakeApi;
import io.reststream.testkit.FeedRecord;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint on a file system that only the session's configuration knows. */
@Timeout(300)
class SessionConfigurationIT {
  @TempDir Path directory;

  @Test
  void thePageLogLivesOnTheFileSystemOfTheSessionAsSparksOwnFilesDo() throws Exception {
    SparkSession session = LocalSpark.session();
    session.conf().set("fs.known-to-session.impl", SessionFileSystem.class.getName());
    try (FakeApi api = FakeApi.start()) {
      api.serve(Endpoint.at("/items").since("start_id", "id"));
      api.feed().appendEvents(3);
      Map<String, String> options =
          Map.of(
              "url", api.url("/items?start_id={id}"),
              "offsetType", "incremental",
              "offsetField", "id");

      LocalSpark.finish(
          LocalSpark.toParquet(LocalSpark.stream(options), directory)
              .option("checkpointLocation", "known-to-session:" + directory.resolve("checkpoint"))
              .trigger(Trigger.AvailableNow())
              .start());

      assertThat(LocalSpark.outputs(directory))
          .containsExactlyInAnyOrderElementsOf(FeedRecord.texts(api.published()));
      assertThat(Files.exists(directory.resolve("checkpoint/sources/0/segments"))).isTrue();
    } finally {
      session.conf().unset("fs.known-to-session.impl");
    }
  }

  /** The local file system under another scheme. */
  public static final class SessionFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("known-to-session:///");
    }

    @Override
    public String getScheme() {
      return "known-to-session";
    }
  }
}
