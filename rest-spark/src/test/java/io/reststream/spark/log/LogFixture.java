package io.reststream.spark.log;

import io.reststream.core.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Page logs for tests: their records are numbers, and a position is the next number. */
final class LogFixture {
  static final String INPUT = "{\"tenant\":\"a\"}";
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

  private LogFixture() {}

  static LogStore store(Path directory) {
    try {
      return HadoopStore.at(directory.toUri().toString(), new Configuration(false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PageLog open(LogStore store) {
    return open(store, 100);
  }

  static PageLog open(LogStore store, int retainBatches) {
    return PageLog.open(store, "0", List.of(INPUT), retainBatches, CLOCK);
  }

  /** Appends so many numbers, from where the log stands. */
  static void append(PageLog log, int records) {
    int from = Integer.parseInt(log.position(INPUT));
    log.append(
        List.of(new LoggedPage(INPUT, numbers(from, records))),
        Map.of(INPUT, Integer.toString(from + records)),
        false);
  }

  static Records numbers(int from, int count) {
    return Records.of(
        IntStream.range(from, from + count)
            .mapToObj(i -> Integer.toString(i).getBytes(StandardCharsets.UTF_8))
            .toList());
  }

  static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  /** All records of a log. */
  static List<String> read(PageLog log) {
    return read(log, Place.START, log.end());
  }

  /** The records between two places, from the files and, where the log has them, from memory. */
  static List<String> read(PageLog log, Place from, Place to) {
    return read(
        log,
        from,
        to,
        range -> BlockBytes.read(range.path(), range.block(), FaultyFileSystem.configuration()));
  }

  /** The same, from a store whose paths are its names. */
  static List<String> read(PageLog log, Place from, Place to, LogStore store) {
    return read(
        log,
        from,
        to,
        range -> {
          try (LogStore.StoredFile file = store.open(range.path())) {
            return BlockBytes.read(file, range.path(), range.block());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static List<String> read(
      PageLog log, Place from, Place to, Function<LogRange, byte[]> blocks) {
    log.require(log.id(), from);
    log.require(log.id(), to);
    List<String> texts = new ArrayList<>();
    for (LogRange range : log.ranges(from, to)) {
      byte[] block = blocks.apply(range);
      if (range.bytes() != null && !java.util.Arrays.equals(range.bytes(), block)) {
        throw new AssertionError("Memory and file differ for " + range);
      }
      ByteBuffer records = BlockBytes.slice(block, range.skip(), range.take());
      while (records.hasRemaining()) {
        byte[] record = new byte[records.getInt()];
        records.get(record);
        texts.add(new String(record, StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  /** The files of a kind, the oldest first. */
  static List<Path> files(Path log, String kind) throws IOException {
    if (!Files.exists(log.resolve(kind))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(log.resolve(kind))) {
      return files.sorted().toList();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
