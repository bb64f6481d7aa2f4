package io.reststream.spark.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogOptionsTest {
  @Test
  void theOptionsOfARead() {
    Map<String, String> read = Map.of("url", "http://api.test", "path", "p", "option.x", "1");

    assertThat(CatalogOptions.of(read)).isEqualTo(read);
  }

  @Test
  void theOptionsAmongTheProperties() {
    Map<String, String> properties =
        Map.of(
            "provider", "rest",
            "owner", "me",
            "path", "file:/warehouse/t",
            "option.path", "file:/warehouse/t",
            "option.url", "http://api.test",
            "url", "http://api.test",
            "option.inputData", "[{\"id\":1}]");

    assertThat(CatalogOptions.of(properties))
        .isEqualTo(Map.of("url", "http://api.test", "inputData", "[{\"id\":1}]"));
  }
}
