package io.reststream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DoorTest {
  private final FakeApi api = FakeApi.start().serve("/x", request -> Answer.json("[1]"));
  private final Door door = api.door();

  @AfterEach
  void close() {
    api.close();
  }

  private void assertRefused() {
    assertThatThrownBy(() -> Http.get(door.url("/x"))).isInstanceOf(ConnectException.class);
  }

  @Test
  void refusesConnectionsUnlessItIsOpenAndKeepsItsAddress() throws Exception {
    assertRefused();
    for (int i = 0; i < 3; i++) {
      door.open();
      assertThat(Http.text(door.url("/x"))).isEqualTo("[1]");
      door.shut();
      assertRefused();
    }
    assertThat(api.door()).isSameAs(door);
    assertThat(api.requests()).hasSize(3);
  }

  @Test
  void isShutWithTheApi() throws Exception {
    door.open();
    assertThat(Http.text(door.url("/x"))).isEqualTo("[1]");
    api.close();
    assertRefused();
  }
}
