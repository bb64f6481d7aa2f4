package io.reststream.spark.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** What a page log needs of every file system. */
final class StoreContract {
  private StoreContract() {}

  /** A file is created once, listed, read, also from another process, and deleted. */
  static void isKeptBy(LogStore store, String root, String place, Configuration conf)
      throws IOException {
    byte[] hello = "hello ".getBytes(StandardCharsets.UTF_8);
    byte[] world = "world".getBytes(StandardCharsets.UTF_8);
    assertThat(store.list("a")).isEmpty();

    store.create("a/b", List.of(hello, world));

    assertThatThrownBy(() -> store.create("a/b", List.of(world)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(store.list("a")).containsExactly("b");
    assertThat(store.path("a/b")).startsWith(root).endsWith(place);
    try (LogStore.StoredFile file = store.open("a/b")) {
      byte[] read = new byte[5];
      file.read(3, read);
      assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo("lo wo");
      assertThat(file.length()).isEqualTo(11);
      assertThatThrownBy(() -> file.read(8, read)).isInstanceOf(IOException.class);
    }
    try (LogStore.StoredFile file = HadoopStore.open(store.path("a/b"), conf)) {
      assertThat(file.length()).isEqualTo(11);
    }
    store.delete("a/b");
    store.delete("a/b");
    assertThat(store.list("a")).isEmpty();
    assertThatThrownBy(() -> store.open("a/b")).isInstanceOf(FileNotFoundException.class);
  }
}
