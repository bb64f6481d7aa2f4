package io.reststream.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.offset.BoundaryKeys;
import io.reststream.core.offset.Largest;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.OrderSeen;
import io.reststream.core.offset.RecordKey;
import io.reststream.core.page.TokenCircle;
import io.reststream.core.page.Walked;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those of version 1, which every later version reads. */
class PositionTest {
  private static final Instant NOON = Instant.parse("2024-01-01T12:00:00.5Z");
  private static final String START = "{\"v\":1,\"of\":\"abcd\"}";
  private static final String BETWEEN =
      "{\"v\":1,\"of\":\"abcd\",\"kind\":\"NUMBER\",\"source\":\"RECORDS\",\"offset\":\"9\",\"floor\":\"4\","
          + "\"keys\":[[\"9\",\"ypeBEsobvcr6wjGzmiPcTT4j6BYAOVlKM4lPZWThsTQ\"],"
          + "[null,\"Ln0sA6lQeuJl7PW1NWiFpQ\",[2,1]]],"
          + "\"started\":\"2024-01-01T12:00:00.500Z\",\"asked\":\"2024-01-01T12:00:00.500Z\"}";
  private static final String WITHIN =
      "{\"v\":1,\"of\":\"abcd\",\"kind\":\"INSTANT\",\"offset\":\"2024-01-01\",\"cycle\":{"
          + "\"token\":\"t\",\"pages\":3,\"first\":\"2024-01-03\",\"firstBelow\":\"2024-01-02\","
          + "\"all\":\"2024-01-04\",\"allBelow\":\"2024-01-03\",\"records\":17,"
          + "\"last\":\"2024-01-04\",\"ascending\":true,\"response\":\"2024-01-05\",\"emptyPages\":2,"
          + "\"remembered\":\"%s\",\"steps\":0,\"limit\":2,\"restarts\":1,\"complete\":false,"
          + "\"delivered\":true}}";

  private static RecordKey key(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new RecordKey.Hasher().put(bytes, 0, bytes.length).key();
  }

  private static OffsetValue day(int day) {
    return OffsetValue.ofText("2024-01-0" + day);
  }

  private static Position between() {
    BoundaryKeys.Tally tally = BoundaryKeys.NONE.tally(BoundaryKeys.Telling.COUNTED);
    tally.deliver(key("a"), OffsetValue.of(9));
    tally.deliver(key("b"), OffsetValue.of(9));
    tally.deliver(key("c"), null);
    tally.deliver(key("c"), null);
    tally.see(key("c"));
    return new Position(
        "abcd",
        Position.Source.RECORDS,
        OffsetValue.of(9),
        OffsetValue.of(4),
        tally.keys(),
        null,
        NOON,
        NOON);
  }

  private static Position within() {
    Cycle cycle =
        new Cycle(
            "t",
            3,
            new Largest(day(3), day(2)),
            new Largest(day(4), day(3)),
            new OrderSeen(17, day(4), true),
            day(5),
            2,
            TokenCircle.NONE.with("x"),
            1,
            false,
            true,
            Walked.NONE);
    return new Position("abcd", null, day(1), null, BoundaryKeys.NONE, cycle, null, null);
  }

  @Test
  void startIsShort() {
    assertThat(Position.start("abcd").json()).isEqualTo(START);
    assertThat(Position.parse(START)).isEqualTo(Position.start("abcd"));
    assertThat(Position.start("abcd").betweenCycles()).isTrue();
  }

  @Test
  void positionBetweenCyclesIsWrittenAndReadAgain() {
    assertThat(between().json()).isEqualTo(BETWEEN);
    Position read = Position.parse(BETWEEN);
    assertThat(read).isEqualTo(between()).hasSameHashCodeAs(between()).hasToString(BETWEEN);
    assertThat(read.betweenCycles()).isTrue();
    assertThat(read.keys().entries()).isEqualTo(between().keys().entries());
    assertThat(read.offset()).isEqualTo(OffsetValue.of(9));
    assertThat(read.started()).isEqualTo(NOON);
  }

  @Test
  void positionWithinACycleIsWrittenAndReadAgain() {
    String json = WITHIN.formatted(TokenCircle.NONE.with("x").remembered());
    assertThat(within().json()).isEqualTo(json);
    Position read = Position.parse(json);
    assertThat(read.cycle()).isEqualTo(within().cycle());
    assertThat(read.betweenCycles()).isFalse();
  }

  @Test
  void validatorIsWrittenAndReadAgain() {
    for (Validator.Kind kind : Validator.Kind.values()) {
      Position position = between().with(new Validator("hash", kind, "W/\"a\""));
      String json =
          BETWEEN.replaceAll(
              "}$",
              ",\"validator\":{\"of\":\"hash\",\"%s\":\"W/\\\\\"a\\\\\"\"}}".formatted(kind.field));
      assertThat(position.json()).isEqualTo(json);
      assertThat(Position.parse(json).validator()).isEqualTo(position.validator());
    }
  }

  @Test
  void validatorOfAKindThatOnlyALaterVersionKnowsIsNone() {
    String json = BETWEEN.replaceAll("}$", ",\"validator\":{\"of\":\"hash\",\"digest\":\"x\"}}");
    assertThat(Position.parse(json)).isEqualTo(between());
  }

  @Test
  void cursorOfDigitsStaysText() {
    Position position =
        new Position(
            "abcd", null, OffsetValue.opaque("17"), null, BoundaryKeys.NONE, null, null, null);
    assertThat(Position.parse(position.json()).offset()).isEqualTo(OffsetValue.opaque("17"));
  }

  @Test
  void positionOfANewerVersionIsRefused() {
    assertThatThrownBy(() -> Position.parse("{\"v\":2,\"new\":true}"))
        .isInstanceOf(PositionException.class)
        .hasMessage(
            "The position has version 2, written by a newer release; this one reads up to 1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "{\"v\":\"1\"}", "5"})
  void otherTextIsNoPosition(String text) {
    assertThatThrownBy(() -> Position.parse(text))
        .isInstanceOf(PositionException.class)
        .hasMessage("This is not a position: " + text);
  }

  @Test
  void positionCutOffAnywhereIsRefused() {
    String json = WITHIN.formatted("00");
    for (int length = 1; length < json.length(); length++) {
      String cut = json.substring(0, length);
      assertThatThrownBy(() -> Position.parse(cut))
          .isInstanceOf(PositionException.class)
          .hasMessageStartingWith("The position is broken: {");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":1}",
        "{\"v\":1,\"of\":\"x\",\"offset\":\"5\"}",
        "{\"v\":1,\"of\":\"x\",\"kind\":\"NUMBER\",\"offset\":\"abc\"}",
        "{\"v\":1,\"of\":\"x\",\"kind\":\"COLOUR\"}",
        "{\"v\":1,\"of\":\"x\",\"started\":\"noon\"}",
        "{\"v\":1,\"of\":\"x\",\"cycle\":{}}",
        "{\"v\":1,\"of\":\"x\",\"keys\":[[null,\"AAAA\"]]}",
        "{\"v\":1,\"of\":\"x\",\"keys\":[[null,\"%%\"]]}",
      })
  void brokenPositionIsRefused(String text) {
    assertThatThrownBy(() -> Position.parse(text))
        .isInstanceOf(PositionException.class)
        .hasMessage("The position is broken: " + text);
  }
}
