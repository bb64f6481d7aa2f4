package io.reststream.spark.log;

import static io.reststream.spark.log.LogFixture.append;
import static io.reststream.spark.log.LogFixture.files;
import static io.reststream.spark.log.LogFixture.open;
import static io.reststream.spark.log.LogFixture.read;
import static io.reststream.spark.log.LogFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same promises of a local directory and of any Hadoop file system. */
class HadoopStoreTest {
  @TempDir Path directory;

  private LogStore store(String scheme) throws IOException {
    return HadoopStore.at(
        scheme + ":" + directory.resolve("sources/0"), FaultyFileSystem.configuration());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "faulty", "objects"})
  void aFileIsCreatedOnceListedReadAndDeleted(String scheme) throws Exception {
    StoreContract.isKeptBy(
        store(scheme), scheme + ":/", "/sources/0/a/b", FaultyFileSystem.configuration());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "faulty", "objects"})
  void aLogLivesInAnyOfThemAndLeavesNothingElseThere(String scheme) throws Exception {
    PageLog log = open(store(scheme));
    append(log, 3);

    assertThat(read(open(store(scheme)))).isEqualTo(texts(0, 3));
    try (var files = Files.list(directory.resolve("sources/0"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("epochs", "heads", "seals", "segments");
    }
    assertThat(files(directory.resolve("sources/0"), "segments")).hasSize(1);
  }

  @Test
  void aDeniedWriteNamesTheFileAndLosesNothing() throws Exception {
    PageLog log = open(store("faulty"));
    append(log, 2);
    FaultyFileSystem.next(FaultyFileSystem.Fault.DENIED, path -> path.contains("/segments/"));

    assertThatThrownBy(() -> append(log, 2))
        .isInstanceOf(PageLogException.class)
        .hasMessageMatching(
            "Cannot write the page log file faulty:/.*/segments/0{15}2\\.0{9}1-[0-9a-f]{8}\\.0:"
                + " Permission denied\\. No record was lost\\. Make sure that the file system"
                + " answers, that there is space and that the query may write there, then start it"
                + " again\\.");
    assertThatThrownBy(() -> append(log, 2))
        .as("after a failure nothing is written")
        .hasMessageContaining("Permission denied");

    PageLog again = open(store("faulty"));
    append(again, 2);
    assertThat(read(again)).isEqualTo(texts(0, 4));
  }

  @Test
  void aFullDiskNamesTheFileAndLosesNothing() throws Exception {
    PageLog log = open(store("faulty"));
    append(log, 2);
    FaultyFileSystem.next(FaultyFileSystem.Fault.FULL, path -> path.contains("/segments/"));

    assertThatThrownBy(() -> append(log, 2))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining("/segments/0000000000000002.")
        .hasMessageContaining(": No space left on device. No record was lost.");

    PageLog again = open(store("faulty"));
    append(again, 2);
    assertThat(read(open(store("faulty")))).isEqualTo(texts(0, 4));
  }

  @Test
  void aSegmentWhoseClosingFailedIsDeliveredOnceAfterTheRestart() throws Exception {
    PageLog log = open(store("faulty"));
    append(log, 2);
    FaultyFileSystem.next(FaultyFileSystem.Fault.NOT_CLOSED, path -> path.contains("/segments/"));

    assertThatThrownBy(() -> append(log, 2)).isInstanceOf(PageLogException.class);

    PageLog again = open(store("faulty"));
    append(again, 2);
    assertThat(read(open(store("faulty")))).isEqualTo(texts(0, 6));
  }

  @Test
  void aCheckpointLocationThatCannotBeWrittenIsRefusedByName() throws Exception {
    FaultyFileSystem.next(FaultyFileSystem.Fault.DENIED, path -> path.contains("/epochs/"));

    assertThatThrownBy(() -> open(store("faulty")))
        .isInstanceOf(PageLogException.class)
        .hasMessageMatching(
            "Cannot create the page log file faulty:/.*/sources/0/epochs/0{9}1-[0-9a-f]{8}:"
                + " Permission denied\\. The checkpoint location must be a directory that the query"
                + " can write to, on a file system that answers and has space left\\.");
  }
}
