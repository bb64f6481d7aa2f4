package io.reststream.spark.log;

import static io.reststream.spark.log.LogFixture.append;
import static io.reststream.spark.log.LogFixture.open;
import static io.reststream.spark.log.LogFixture.read;
import static io.reststream.spark.log.LogFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** File systems whose listings do not show a file at once: they are refused, whatever is unseen. */
@Timeout(20)
class LateListingTest {
  private final MemoryStore files = new MemoryStore();

  @Test
  void aFileSystemThatDoesNotListWhatIsThereIsRefusedByName() {
    LogStore late = new LateListing("epochs/", Set.of());

    assertThatThrownBy(() -> open(late))
        .isInstanceOf(PageLogException.class)
        .hasMessageMatching(
            "The page log file epochs/0{9}1-[0-9a-f]{8} was created, but its directory is listed"
                + " without it\\. The checkpoint location must be on a file system that lists a file"
                + " once it was closed\\.");
    assertThat(files.list("epochs/")).hasSize(1);
  }

  @Test
  void anUnseenSegmentThatWasToldOfIsAnError() {
    PageLog log = open(files);
    append(log, 2);
    LogStore late = new LateListing("segments/", new HashSet<>(files.list("segments/")));
    append(log, 3);
    Place told = log.end();

    PageLog next = open(late);
    assertThatThrownBy(() -> next.require(log.id(), told))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining("ends with segment 1, record 2: newer segments were deleted");
  }

  @Test
  void anUnseenSegmentThatNobodyWasToldOfIsFetchedAgain() {
    PageLog log = open(files);
    append(log, 2);
    LogStore late = new LateListing("segments/", new HashSet<>(files.list("segments/")));
    append(log, 3);

    append(open(late), 1);

    assertThat(read(open(files), Place.START, open(files).end(), files)).isEqualTo(texts(0, 3));
  }

  @Test
  void anUnseenSealOfWhoeverWroteLastIsAnError() {
    PageLog log = open(files);
    append(log, 2);
    LogStore late = new LateListing("seals/", new HashSet<>(files.list("seals/")));
    append(open(files), 3);

    assertThatThrownBy(() -> open(late))
        .isInstanceOf(PageLogException.class)
        .hasMessageContaining("seal");
  }

  /** Lists of a directory only what it knew once. */
  private final class LateListing implements LogStore {
    private final String directory;
    private final Set<String> known;

    private LateListing(String directory, Set<String> known) {
      this.directory = directory;
      this.known = known;
    }

    @Override
    public List<String> list(String listed) {
      return files.list(listed).stream()
          .filter(name -> !listed.equals(directory) || known.contains(name))
          .toList();
    }

    @Override
    public void create(String name, List<byte[]> chunks) throws IOException {
      files.create(name, chunks);
    }

    @Override
    public StoredFile open(String name) throws IOException {
      return files.open(name);
    }

    @Override
    public void delete(String name) {
      files.delete(name);
    }

    @Override
    public String path(String name) {
      return files.path(name);
    }
  }
}
