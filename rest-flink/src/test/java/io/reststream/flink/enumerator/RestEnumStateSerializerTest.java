package io.reststream.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.Input;
import io.reststream.core.Position;
import io.reststream.flink.split.RestSplit;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestEnumStateSerializerTest {
  private static final RestEnumState STATE =
      new RestEnumState(
          true,
          Set.of(Input.parse("{\"t\":\"a\"}")),
          List.of(
              RestSplit.fresh(Input.parse("{\"t\":\"b\"}")),
              new RestSplit(
                  Input.parse("{\"t\":\"ç\"}"),
                  Position.parse("{\"v\":1,\"of\":\"options\"}"),
                  null,
                  false)));

  private final RestEnumStateSerializer serializer = new RestEnumStateSerializer();

  @Test
  void readsWhatItWrote() throws IOException {
    assertThat(serializer.deserialize(1, serializer.serialize(STATE))).isEqualTo(STATE);

    RestEnumState initial = RestEnumState.initial(false);
    assertThat(serializer.deserialize(1, serializer.serialize(initial))).isEqualTo(initial);
  }

  @Test
  void readsVersion1() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/state/enumerator-v1.bin")) {
      assertThat(serializer.deserialize(1, in.readAllBytes())).isEqualTo(STATE);
    }
  }

  @Test
  void refusesANewerVersion() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The state of the enumerator is of version 2, but this release of reststream reads version 1. Restore it with the release that wrote it, or with a newer one.");
  }

  @Test
  void refusesBytesThatAreNotAState() throws IOException {
    byte[] bytes = serializer.serialize(STATE);
    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> serializer.deserialize(1, torn))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "The state of the enumerator is broken: its %d bytes are not a state."
                  .formatted(length));
    }
  }
}
