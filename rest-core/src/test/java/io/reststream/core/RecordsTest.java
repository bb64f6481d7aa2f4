package io.reststream.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static final byte[] BODY = "[{\"a\":1},\"é\",7]".getBytes(UTF_8);

  private static Records slices() {
    return Records.slices(BODY, new int[] {1, 9, 14}, new int[] {8, 13, 15});
  }

  @Test
  void recordsAreSlicesOfOneBuffer() {
    Records records = slices();
    assertThat(records.size()).isEqualTo(3);
    assertThat(records.isEmpty()).isFalse();
    assertThat(records.texts()).containsExactly("{\"a\":1}", "\"é\"", "7");
    assertThat(records).containsExactly("{\"a\":1}", "\"é\"", "7");
    assertThat(records.length(1)).isEqualTo(4);
    assertThat(records.buffer()).isSameAs(BODY);
    assertThat(records.start(1)).isEqualTo(9);
    assertThat(records.end(1)).isEqualTo(13);
    assertThat(records).hasToString("3 records");
  }

  @Test
  void bytesAreCopies() {
    byte[] copy = slices().bytes(2);
    copy[0] = '8';
    assertThat(slices().text(2)).isEqualTo("7");
    byte[] target = "...".getBytes(UTF_8);
    slices().copyTo(2, target, 1);
    assertThat(target).isEqualTo(".7.".getBytes(UTF_8));
  }

  @Test
  void recordsThatWereCopiedOutAreRecordsAgain() {
    Records records =
        Records.of(List.of("{}".getBytes(UTF_8), new byte[0], "\"é\"".getBytes(UTF_8)));
    assertThat(records.texts()).containsExactly("{}", "", "\"é\"");
    assertThat(Records.of(List.of()).isEmpty()).isTrue();
    assertThat(Records.empty().size()).isZero();
  }

  @Test
  void iteratorEnds() {
    Iterator<String> iterator = Records.empty().iterator();
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void slicesHaveAStartAndAnEnd() {
    assertThatThrownBy(() -> Records.slices(BODY, new int[2], new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 starts and 3 ends do not match");
  }
}
