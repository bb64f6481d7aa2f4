package io.reststream.spark.log;

import static io.reststream.spark.log.LogFixture.append;
import static io.reststream.spark.log.LogFixture.open;
import static io.reststream.spark.log.LogFixture.read;
import static io.reststream.spark.log.LogFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.HdfsProcess;
import io.reststream.testkit.process.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Page logs on a real HDFS: two drivers, and drivers that die at some of their steps. */
@Tag("full")
@Timeout(1200)
class HdfsLogIT extends PageLogTakeoverTest {
  private static final Configuration CONF = new Configuration();

  @TempDir static java.nio.file.Path cluster;
  private static HdfsProcess hdfs;
  private static int directories;

  @BeforeAll
  static void startHdfs() throws Exception {
    hdfs = new HdfsProcess(cluster);
  }

  @AfterAll
  static void closeHdfs() throws Exception {
    hdfs.close();
  }

  @Override
  LogStore files() throws IOException {
    return HadoopStore.at(hdfs.uri() + directory, CONF);
  }

  @Override
  LogStore empty() throws IOException {
    return HadoopStore.at(hdfs.uri() + "/empty-" + directories++, CONF);
  }

  /** A life on HDFS takes a second. */
  @Override
  int stride() {
    return 9;
  }

  @Test
  void aFileIsCreatedOnceListedReadAndDeleted() throws Exception {
    StoreContract.isKeptBy(files(), hdfs.uri(), directory + "/a/b", CONF);
  }

  /**
   * HDFS keeps a file open whose writer died, shows of it what was synced, and closes it an hour
   * later. All of a segment counts, as it does wherever a driver dies before it could tell of it; a
   * part of it is fetched again.
   */
  @ParameterizedTest
  @CsvSource({"0, 2", "0.1, 2", "0.9, 2", "1, 5"})
  void aSegmentThatADeadDriverLeftOpenStaysWhatItWasWhenHdfsClosesIt(double part, int kept)
      throws Exception {
    PageLog killed = open(files());
    append(killed, 2);
    append(killed, 3);
    Path segment = newestSegment();
    try (FileSystem files = FileSystem.newInstance(segment.toUri(), CONF);
        FileSystem ofTheDead = FileSystem.newInstance(segment.toUri(), CONF)) {
      byte[] whole = new byte[(int) files.getFileStatus(segment).getLen()];
      try (FSDataInputStream in = files.open(segment)) {
        in.readFully(whole);
      }
      files.delete(segment, false);
      FSDataOutputStream left = ofTheDead.create(segment, false);
      byte[] arrived = Arrays.copyOf(whole, (int) (whole.length * part));
      left.write(arrived);
      left.hsync();

      PageLog next = open(files());
      assertThat(read(next)).isEqualTo(texts(0, kept));
      append(next, 1);
      Until.holds(
          "the file is closed",
          Duration.ofMinutes(1),
          () -> ((DistributedFileSystem) files).recoverLease(segment));

      assertThat(files.getFileStatus(segment).getLen()).isEqualTo(arrived.length);
      PageLog again = open(files());
      assertThat(read(again)).isEqualTo(texts(0, kept + 1));
      append(again, 1);
      assertThat(read(open(files()))).isEqualTo(texts(0, kept + 2));
    }
  }

  private Path newestSegment() throws IOException {
    String name = files().list(Segment.DIRECTORY).stream().max(Comparator.naturalOrder()).get();
    return new Path(files().path(Segment.DIRECTORY + name));
  }
}
