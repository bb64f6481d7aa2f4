package io.reststream.spark.kill;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;

/** What a query's files mean, and so at which moment it is when it touches one of them. */
final class MomentFiles {
  private static final Pattern OFFSET = Pattern.compile(".*/checkpoint/offsets/\\d+");
  private static final Pattern COMMIT = Pattern.compile(".*/checkpoint/commits/\\d+");
  private static final Pattern SINK = Pattern.compile(".*/_spark_metadata/[^./]+");
  private static final Pattern SEGMENT = Pattern.compile(".*/sources/\\d+/segments/[^/]+");

  private MomentFiles() {}

  interface Create {
    FSDataOutputStream now() throws IOException;
  }

  interface Rename {
    boolean now() throws IOException;
  }

  /** Creates a file. */
  static FSDataOutputStream created(Path file, Create create) throws IOException {
    Moments.atFile();
    FSDataOutputStream out = create.now();
    return SEGMENT.matcher(file.toString()).matches()
        ? new FSDataOutputStream(new Halting(out), null)
        : out;
  }

  /** Renames a file to what it is to be. */
  static boolean renamed(Path to, Rename rename) throws IOException {
    Moments.atFile();
    String name = to.toString();
    if (OFFSET.matcher(name).matches()) {
      Moments.at(Moment.APPENDED);
    } else if (SINK.matcher(name).matches()) {
      Moments.at(Moment.SINK);
    } else if (COMMIT.matcher(name).matches()) {
      Moments.beforeCommit();
    }
    boolean renamed = rename.now();
    if (SINK.matcher(name).matches()) {
      Moments.at(Moment.SINK);
    } else if (COMMIT.matcher(name).matches()) {
      Moments.at(Moment.COMMITTED);
    }
    return renamed;
  }

  /** Stops in the middle of what it is given to write; can do all else that the file can. */
  private static final class Halting extends FilterOutputStream
      implements StreamCapabilities, Syncable {
    private final FSDataOutputStream file;

    private Halting(FSDataOutputStream out) {
      super(out);
      file = out;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int half = length / 2;
      file.write(bytes, from, half);
      file.hflush();
      Moments.at(Moment.APPEND);
      file.write(bytes, from + half, length - half);
    }

    @Override
    public boolean hasCapability(String capability) {
      return file.hasCapability(capability);
    }

    @Override
    public void hflush() throws IOException {
      file.hflush();
    }

    @Override
    public void hsync() throws IOException {
      file.hsync();
    }
  }
}
