package io.reststream.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final Set<String> KNOWN =
      RestOptions.ALL.stream().map(Option::key).collect(Collectors.toSet());

  @ParameterizedTest
  @CsvSource({
    "offsettyp, offsetType",
    "offset_tpye, offsetType",
    "ulr, url",
    "uri, url",
    "header, headers",
    "dataFeild, dataField",
    "interval-streaming, ",
    "timeout, ",
    "x, ",
  })
  void nearestKeyIsOneThatFewLettersAway(String unknown, String near) {
    assertThat(Keys.nearest(unknown, KNOWN).orElse(null)).isEqualTo(near);
  }

  @ParameterizedTest
  @CsvSource({
    "header.Accept, Accept",
    "HEADER.X-Api-Key, X-Api-Key",
    "he_ader.x_y, x_y",
    "header.a.b, a.b",
  })
  void headerKeepsItsNameAsWritten(String key, String name) {
    assertThat(Keys.header(key)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"headers", "header", "headers.Accept", "xheader.Accept", "url"})
  void otherKeysSetNoHeader(String key) {
    assertThat(Keys.header(key)).isEmpty();
  }

  @Test
  void keysAreEqualWhateverTheirSpelling() {
    assertThat(Set.of("offsetType", "offset-type", "OFFSET_TYPE", " offsettype "))
        .allSatisfy(key -> assertThat(Keys.normalized(key)).isEqualTo("offsettype"));
  }
}
