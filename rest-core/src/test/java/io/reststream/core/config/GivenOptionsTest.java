package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenOptionsTest {
  private static final Map<String, String> OWN =
      Map.of("url", "u", "onError", "fail", "header.X-Tenant", "a", "header.XTenant", "b");

  @Test
  void otherOptionsTakeThePlaceOfTheirOwnKeyInAnySpelling() {
    assertThat(GivenOptions.with(OWN, Map.of("ON_ERROR", "skip", "HEADER.x-tenant", "c")))
        .isEqualTo(
            Map.of("url", "u", "onError", "skip", "header.X-Tenant", "c", "header.XTenant", "b"));
    assertThat(GivenOptions.with(OWN, Map.of("batch-size", "5"))).containsEntry("batch-size", "5");
  }

  @Test
  void theSameOptionsOnceMoreChangeNothing() {
    assertThat(GivenOptions.with(OWN, OWN)).isEqualTo(OWN);
    assertThat(GivenOptions.with(OWN, Map.of("onerror", "fail", "URL", "u"))).isEqualTo(OWN);
    assertThat(GivenOptions.with(OWN, Map.of())).isEqualTo(OWN);
  }

  @Test
  void aKeyThatIsGivenInTwoSpellingsStaysSo() {
    assertThat(GivenOptions.with(OWN, Map.of("onError", "skip", "on-error", "null")))
        .hasSize(5)
        .containsKeys("onError", "on-error");
  }
}
