package io.reststream.spark.log;

import java.io.IOException;

/** Two drivers, and drivers that die, on what is like a store of objects. */
class ObjectStoreLogTest extends PageLogTakeoverTest {
  private int directories;

  @Override
  LogStore files() throws IOException {
    return HadoopStore.at("objects:" + directory, FaultyFileSystem.configuration());
  }

  @Override
  LogStore empty() throws IOException {
    return HadoopStore.at(
        "objects:" + directory.resolve("empty-" + directories++), FaultyFileSystem.configuration());
  }

  /** A life there takes some tens of milliseconds. */
  @Override
  int stride() {
    return 9;
  }
}
