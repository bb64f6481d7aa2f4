package io.reststream.spark.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import io.reststream.spark.LocalSpark;
import io.reststream.spark.keep.Pack;
import io.reststream.spark.keep.TaskBlocks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What calls that are made strictly once keep, by its size. */
@Timeout(100)
class KeptBytesIT {
  private static final int ANSWER = 3 << 20;
  private static final int MOST = Pack.FULL_BYTES + ANSWER + 10_000;

  private static Outcome outcome(String output) {
    return new Outcome(Collections.singletonList(output), List.of(), null);
  }

  private static Input input(long id) {
    return Input.of(Map.of("id", id));
  }

  private static Iterator<CalledRow> rows(int many, int length) {
    return LongStream.range(0, many)
        .mapToObj(
            id -> new CalledRow(RowFactory.create(id), input(id), outcome("x".repeat(length))))
        .iterator();
  }

  @Test
  void aPackEndsWithManyRowsOrManyBytes() {
    List<byte[]> large = new ArrayList<>();
    Pack.all(rows(7, ANSWER)).forEachRemaining(large::add);

    assertThat(large).extracting(Pack::size).containsExactly(3, 3, 1);
    assertThat(large).allMatch(pack -> pack.length <= MOST);
    assertThat(KeptCalls.open(large.get(2)).next().row()).isEqualTo(RowFactory.create(6L));

    List<byte[]> small = new ArrayList<>();
    Pack.all(rows(250, 2)).forEachRemaining(small::add);
    assertThat(small).extracting(Pack::size).containsExactly(100, 100, 50);
  }

  @Test
  void aNoteEndsWithManyBytesAndItsRowsAreFound() {
    LocalSpark.session();
    TaskBlocks blocks = new TaskBlocks(1_000_000, 1, 3);
    Progress first = new Progress(blocks);
    for (int id = 0; id < 7; id++) {
      first.add(id, input(id), outcome("z".repeat(ANSWER)));
    }
    first.miss(7);
    first.add(8, input(8), outcome("8"));
    first.flush();
    first.add(9, input(9), outcome("9"));
    first.flush();
    try {
      for (int note = 0; note < 4; note++) {
        byte[] written = blocks.read(note);
        assertThat(written).isNotNull();
        assertThat(written.length).isLessThan(MOST);
      }

      Progress second = new Progress(blocks);
      assertThat(second.find(0, input(0))).isNotNull();
      second.miss(7);
      second.add(7, input(7), outcome("7"));
      second.flush();

      // What is missing from a note is in one behind those of the rows that follow.
      Progress third = new Progress(blocks);
      for (int id = 0; id < 10; id++) {
        assertThat(third.find(id, input(id))).as("row %s", id).isNotNull();
      }
      assertThat(third.find(10, input(10))).isNull();
    } finally {
      for (int note = 0; note < 6; note++) {
        blocks.remove(note);
      }
    }
  }
}
