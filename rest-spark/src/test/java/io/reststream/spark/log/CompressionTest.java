package io.reststream.spark.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Exception;
import org.junit.jupiter.api.Test;

class CompressionTest {
  private final Random random = new Random(1);

  @Test
  void aBlockComesBackAsItWas() {
    for (int i = 0; i < 2_000; i++) {
      byte[] block = block(random.nextInt(3_000));
      byte[] stored = Compression.of(block);

      assertThat(Compression.undone(stored, block.length)).isEqualTo(block);
      assertThat(stored.length).isLessThanOrEqualTo(block.length);
    }
  }

  @Test
  void whatDoesNotBecomeSmallerIsStoredAsItIs() {
    byte[] block = new byte[10_000];
    random.nextBytes(block);

    assertThat(Compression.of(block)).isSameAs(block);
    assertThat(Compression.undone(block, block.length)).isSameAs(block);
  }

  @Test
  void aLargeRecordIsStoredAsItIs() {
    byte[] block = new byte[5 * 1024 * 1024];

    assertThat(Compression.of(block)).isSameAs(block);
  }

  @Test
  void aBlockOfAnotherLengthIsRefused() {
    byte[] stored = Compression.of(new byte[1_000]);

    assertThatThrownBy(() -> Compression.undone(stored, 999)).isInstanceOf(LZ4Exception.class);
    assertThatThrownBy(() -> Compression.undone(stored, 1_001))
        .isInstanceOf(LZ4Exception.class)
        .hasMessageContaining("1000 bytes came of it, not 1001");
  }

  /** Runs of one byte, and bytes that are any. */
  private byte[] block(int length) {
    byte[] block = new byte[length];
    random.nextBytes(block);
    int from = random.nextInt(length + 1);
    Arrays.fill(block, from, from + random.nextInt(length - from + 1), (byte) 'a');
    return block;
  }
}
