package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.RestConfig;
import io.reststream.testkit.link.LinkCheck;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything that the compiled classes call is in the Flink that these tests run with. */
@Tag("matrix")
@Tag("smoke")
class LinkIT {
  @Test
  void nothingIsMissing() throws IOException {
    assertThat(LinkCheck.problems(RestSource.class)).isEmpty();
    assertThat(LinkCheck.problems(RestConfig.class)).isEmpty();
  }
}
