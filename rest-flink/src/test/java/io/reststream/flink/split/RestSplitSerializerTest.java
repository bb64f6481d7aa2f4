package io.reststream.flink.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.Position;
import io.reststream.core.Records;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RestSplitSerializerTest {
  private static final Input INPUT =
      Input.parse("{\"region\":\"münchen\",\"id\":9007199254740993}");
  private static final Position POSITION =
      Position.parse("{\"v\":1,\"of\":\"options\",\"kind\":\"NUMBER\",\"offset\":\"42\"}");
  private static final PageInfo INFO =
      new PageInfo(
          "https://api.example.com/events?since=42",
          200,
          Instant.parse("2024-01-01T00:00:00.123456789Z"),
          3,
          1234,
          2,
          "42");

  private final RestSplitSerializer serializer = new RestSplitSerializer();

  private static Records records(String... texts) {
    return Records.of(
        Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  private static RestSplit inMidPage() {
    return new RestSplit(
        INPUT,
        POSITION,
        new PageRest(records("{\"id\":1}", "{\"id\":2,\"name\":\"Zoë\"}", "3"), 1, INFO),
        false);
  }

  private static RestSplit stretch() {
    RestSplit whole = inMidPage();
    return new RestSplit(
        INPUT,
        "2024-01-31T00:00:00Z/2024-01-31T06:00:00Z",
        whole.position(),
        whole.rest(),
        whole.last());
  }

  static Stream<RestSplit> splits() {
    PageInfo withoutOffset = new PageInfo("https://host/", 206, Instant.EPOCH, 0, 0, 0, null);
    return Stream.of(
        RestSplit.fresh(Input.EMPTY),
        RestSplit.fresh(INPUT),
        new RestSplit(INPUT, POSITION, null, false),
        new RestSplit(INPUT, POSITION, null, true),
        RestSplit.again(new SplitName(INPUT, null), 3),
        RestSplit.again(new SplitName(INPUT, "since a"), Integer.MAX_VALUE),
        inMidPage(),
        new RestSplit(INPUT, POSITION, new PageRest(records("1"), 0, withoutOffset), true),
        stretch());
  }

  @ParameterizedTest
  @MethodSource("splits")
  void readsWhatItWrote(RestSplit split) throws IOException {
    RestSplit read = serializer.deserialize(2, serializer.serialize(split));

    assertThat(read).isEqualTo(split);
    assertThat(read.splitId()).isEqualTo(split.splitId());
  }

  @Test
  void keepsOnlyWhatIsLeftOfThePage() throws IOException {
    RestSplit read = serializer.deserialize(2, serializer.serialize(inMidPage()));

    assertThat(read.rest()).isNotNull();
    assertThat(read.rest().records().texts())
        .isEqualTo(List.of("{\"id\":2,\"name\":\"Zoë\"}", "3"));
  }

  @Test
  void readsVersion1() throws IOException {
    RestSplit read = serializer.deserialize(1, resource("split-v1.bin"));

    assertThat(read).isEqualTo(inMidPage());
  }

  @Test
  void readsVersion2() throws IOException {
    RestSplit read = serializer.deserialize(2, resource("split-v2.bin"));

    assertThat(read).isEqualTo(stretch());
    assertThat(serializer.serialize(read)).isEqualTo(resource("split-v2.bin"));
    assertThat(read.splitId())
        .isEqualTo(INPUT.json() + " 2024-01-31T00:00:00Z/2024-01-31T06:00:00Z");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = RestSplitSerializerTest.class.getResourceAsStream("/state/" + name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void refusesANewerVersion() {
    assertThatThrownBy(() -> serializer.deserialize(3, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The state of a split is of version 3, but this release of reststream reads versions 1 to 2. Restore it with the release that wrote it, or with a newer one.");
  }

  @Test
  void refusesBytesThatAreNotASplit() throws IOException {
    byte[] bytes = serializer.serialize(inMidPage());
    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> serializer.deserialize(2, torn))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "The state of a split is broken: its %d bytes are not a split.".formatted(length));
    }
    byte[] tooLong = Arrays.copyOf(bytes, bytes.length + 7);
    assertThatThrownBy(() -> serializer.deserialize(2, tooLong))
        .isInstanceOf(IOException.class)
        .hasMessage("The state of a split is broken: 7 bytes follow its end.");
  }

  @Test
  void refusesAnAbsurdLengthWithoutMakingRoomForIt() {
    byte[] bytes = {0, 127, -1, -1, -1};

    assertThatThrownBy(() -> serializer.deserialize(2, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("The state of a split is broken: its 5 bytes are not a split.");
  }
}
