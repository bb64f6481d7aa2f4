package io.reststream.core;

import static io.reststream.core.ScriptedStream.page;
import static io.reststream.core.ScriptedStream.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked for earlier than the offset, and what follows from it. */
class LateRecordsTest {

  private static ScriptedStream stream(String... more) {
    String[] options = {"offsetType", "max_field", "offsetField", "v"};
    return new ScriptedStream(Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private static String records(String... records) {
    return page(List.of(records));
  }

  @Test
  void theRequestAsksThatMuchEarlier() {
    ScriptedStream stream = stream("lookback", "5", "pageSize", "9");
    stream.poll(records(record(1, 10), record(2, 12)));
    assertThat(stream.query()).isEqualTo("since=0");

    assertThat(stream.poll(records(record(1, 10), record(3, 9), record(2, 12))))
        .containsExactly(record(3, 9));
    assertThat(stream.query()).isEqualTo("since=7");
  }

  @Test
  void theInitialOffsetIsNeverGoneBelow() {
    ScriptedStream stream = stream("lookback", "5", "pageSize", "9", "initialOffset", "8");
    stream.poll(records(record(1, 10)));
    assertThat(stream.query()).isEqualTo("since=8");
    stream.poll(records(record(1, 10), record(2, 14)));
    assertThat(stream.query()).isEqualTo("since=8");
    stream.poll(records());
    assertThat(stream.query()).isEqualTo("since=9");
  }

  @Test
  void whatIsBelowTheWindowIsForgotten() {
    ScriptedStream stream = stream("lookback", "5");
    stream.poll(records(record(1, 10), record(2, 16), record(3, 20)));
    assertThat(stream.position().keysHeld()).isEqualTo(2);
  }

  @Test
  void aWindowWiderThanAPageIsReadToItsEnd() {
    ScriptedStream stream = stream("lookback", "10", "pageSize", "2");
    stream.poll(records(record(1, 10), record(2, 12)));
    assertThat(stream.goesOnAtOnce()).isTrue();
    stream.poll(records(record(2, 12), record(3, 14)));
    stream.poll(records(record(3, 14)));
    assertThat(stream.query()).isEqualTo("since=14");
    assertThat(stream.goesOnAtOnce()).isFalse();

    assertThat(stream.poll(records(record(1, 10), record(2, 12)))).isEmpty();
    assertThat(stream.query()).isEqualTo("since=4");
    assertThat(stream.goesOnAtOnce()).isTrue();
    assertThat(stream.poll(records(record(2, 12), record(4, 13)))).containsExactly(record(4, 13));
    assertThat(stream.query()).isEqualTo("since=12");
    assertThat(stream.poll(records(record(4, 13), record(3, 14)))).isEmpty();
    assertThat(stream.poll(records(record(3, 14)))).isEmpty();
    assertThat(stream.position().betweenCycles()).isTrue();
  }

  @Test
  void anIdleRecordIsAskedForOnce() {
    ScriptedStream stream = stream("lookback", "5");
    stream.poll(records(record(1, 10)));
    stream.poll(records(record(1, 10)));
    stream.poll(records(record(1, 10)));
    assertThat(stream.position().betweenCycles()).isTrue();
  }

  @Test
  void aFullPageOfOneValueCannotBePassed() {
    ScriptedStream stream = stream("lookback", "5", "pageSize", "2");
    stream.poll(records(record(1, 10), record(2, 10)));
    assertThatThrownBy(() -> stream.poll(records(record(1, 10), record(2, 10))))
        .isInstanceOf(ResponseException.class)
        .hasMessageContaining("cannot be passed: all 2 records of a full page share '10'");
  }

  @Test
  void aFullPageWithinOneStepCannotBePassed() {
    ScriptedStream stream = stream("offsetGranularity", "60", "pageSize", "2");
    stream.poll(records(record(1, 70), record(2, 80)));
    assertThatThrownBy(() -> stream.poll(records(record(1, 70), record(2, 80))))
        .isInstanceOf(ResponseException.class)
        .hasMessageContaining(
            "cannot be passed: all 2 records of a full page lie within one step of"
                + " 'offsetGranularity' and were delivered, so that the offset cannot pass them;"
                + " ask for larger pages, or set 'pagination'");
  }

  @Test
  void aFullPageOfTheWindowOfAResponseCannotBePassed() {
    ScriptedStream stream =
        new ScriptedStream("offsetField", "t", "lookback", "5", "pageSize", "2");
    String full = "{\"t\":10,\"data\":[%s,%s]}".formatted(record(1, 9), record(2, 10));
    stream.poll(full);
    assertThatThrownBy(() -> stream.poll(full))
        .isInstanceOf(ResponseException.class)
        .hasMessageContaining(
            "cannot be passed: all 2 records of a full page were delivered and come again, so that"
                + " what follows them cannot be reached; ask for larger pages, set 'pagination', or"
                + " shorten 'lookback'");
    assertThat(stream.query()).isEqualTo("since=5");
  }

  @Test
  void aNewestFirstFeedStopsBelowTheWindow() {
    ScriptedStream stream =
        stream(
            "url",
            "http://api.test/feed",
            "pagination",
            "nextUrl",
            "lookback",
            "2",
            "order",
            "descending");
    stream.poll(page("/p2", record(1, 9), record(2, 8)));
    stream.poll(page(null, record(3, 7), record(4, 6)));

    stream.poll(page("/p2", record(5, 10), record(1, 9)));
    stream.poll(page("/p3", record(2, 8), record(3, 7)));
    assertThat(stream.position().betweenCycles()).isFalse();
    stream.poll(page("/p4", record(4, 6), record(6, 5)));
    assertThat(stream.position().betweenCycles()).isTrue();
    assertThat(stream.delivered()).hasSize(5);
  }

  /** Found by a simulated life (its seed was 2436). */
  @Test
  void aLookbackMadeLongerInACycleDoesNotReachBelowWhatTheCycleForgot() {
    ScriptedStream stream =
        stream("pagination", "nextUrl", "lookback", "2", "order", "none", "maxKeys", "2");
    stream.poll(page("/p2", record(1, 20), record(2, 3)));
    stream.poll(page("/p3", record(3, 5)));
    stream.restartWith("lookback", "17");
    stream.poll(page("/p4", record(4, 4)));
    stream.poll(page(null, record(5, 1)));
    assertThat(stream.position().betweenCycles()).isTrue();

    assertThat(stream.poll(page(null, record(1, 20), record(2, 3), record(3, 5), record(4, 4))))
        .isEmpty();
    assertThat(stream.query()).isEqualTo("since=18");
  }

  @Test
  void anExclusiveApiIsAskedOneStepEarlier() {
    ScriptedStream stream = stream("offsetGranularity", "60", "offsetBoundary", "exclusive");
    stream.poll(records(record(1, 130)));
    assertThat(stream.poll(records(record(1, 130), record(2, 125))))
        .containsExactly(record(2, 125));
    assertThat(stream.query()).isEqualTo("since=60");
  }

  @Test
  void aLateRecordContradictsAnOrderOnlyBeyondTheLookback() {
    ScriptedStream stream = stream("lookback", "5", "pageSize", "9", "order", "ascending");
    stream.poll(records(record(1, 10), record(2, 14), record(3, 9), record(4, 15)));
    assertThat(stream.delivered()).hasSize(4);
    assertThatThrownBy(() -> stream.poll(records(record(5, 20), record(6, 14))))
        .hasMessageContaining(
            "has a record with '14' in the field 'v' after one with '20', but the option 'order' is"
                + " declared as 'ascending'");
  }

  @Test
  void valuesThatCannotBeAskedForEarlierAreAnError() {
    assertThatThrownBy(() -> stream("lookback", "5").poll(records(record(1, "\"abc\""))))
        .hasMessageContaining(
            "has 'abc' in the field 'v', which is text, but option 'lookback' needs numbers or"
                + " times: set 'offsetFormat' if these are times");
    assertThatThrownBy(() -> stream("offsetGranularity", "1m").poll(records(record(1, 5))))
        .hasMessageContaining(
            "has '5' in the field 'v', which is a number, but option 'offsetGranularity' is a time"
                + " span");
    assertThatThrownBy(() -> stream("offsetSendFormat", "iso").poll(records(record(1, 5))))
        .hasMessageContaining(
            "has '5' in the field 'v', which is a number, but option 'offsetSendFormat' needs"
                + " times: set 'offsetFormat' if that is what these are");
  }

  @Test
  void aTimeOfTheResponseThatCannotBeReadIsAnError() {
    ScriptedStream stream = new ScriptedStream("offsetField", "t", "offsetFormat", "epochSeconds");
    assertThatThrownBy(() -> stream.poll("{\"t\":\"now\",\"data\":[]}"))
        .hasMessageContaining(
            "has 'now' in its own field 't', which is no time of 'offsetFormat'='epochSeconds'");
  }

  @Test
  void severalValuesAreOneOffset() {
    ScriptedStream stream = stream("offsetField", "v,id", "initialOffset", "[0,0]");
    stream.poll(records(record(2, 5), record(1, 5), record(10, 4)));
    assertThat(stream.query()).isEqualTo("since=0,0");
    assertThat(stream.poll(records(record(2, 5), record(3, 5)))).containsExactly(record(3, 5));
    assertThat(stream.query()).isEqualTo("since=5,2");
    assertThatThrownBy(() -> stream.poll(records("{\"id\":9}")))
        .hasMessageContaining("has a record without the field 'v,id' (option 'offsetField')");
    assertThatThrownBy(() -> stream.poll(records(record(9, "{}"))))
        .hasMessageContaining(
            "has an object among the values of the field 'v,id', but numbers and texts were"
                + " expected, in the record that begins {\"id\":9,\"v\":{}}");
  }
}
