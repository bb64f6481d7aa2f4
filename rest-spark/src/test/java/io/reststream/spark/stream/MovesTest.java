package io.reststream.spark.stream;

import static io.reststream.spark.stream.Script.input;
import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.core.Input;
import io.reststream.core.Page;
import io.reststream.core.Position;
import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.core.RestPoller;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.spark.log.HadoopStore;
import io.reststream.spark.log.PageLog;
import io.reststream.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which positions are written when: input 0 has nothing new, input 1 has. */
class MovesTest {
  private static final Input IDLE = input(0);
  private static final Input BUSY = input(1);

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock();
  private final Numbers numbers = new Numbers();
  private final RestPoller poller =
      new RestPoller(
          RestConfig.parse(
              Map.of(
                  "url", "http://api/?start_id={id}",
                  "offsetType", "incremental",
                  "offsetField", "id",
                  "pageSize", "10",
                  "streamingInterval", "1s"),
              ReadMode.STREAM),
          numbers,
          clock,
          () -> 0);
  private Position first;
  private PageLog log;
  private Moves moves;

  @BeforeEach
  void start() throws Exception {
    first = poll(poller.start());
    log = open();
    moves = new Moves(log, clock, Map.of(IDLE, first, BUSY, first));
    log.saveMoves(Map.of(IDLE.json(), first.json(), BUSY.json(), first.json()));
  }

  @AfterEach
  void close() {
    poller.close();
  }

  private PageLog open() throws IOException {
    return PageLog.open(
        HadoopStore.at(directory.toUri().toString(), new Configuration(false)),
        poller.start().json(),
        List.of(IDLE.json(), BUSY.json()),
        100,
        clock);
  }

  /** The position after one more answer, a second later. */
  private Position poll(Position from) {
    clock.advance(Duration.ofSeconds(1));
    return ((Page) poller.poll(Input.EMPTY, from).join()).next();
  }

  private Position withNothingNew(Position from) {
    return poll(from);
  }

  private Position withOneMore(Position from) {
    numbers.last++;
    return poll(from);
  }

  private void take(Input input, int records, Position next) {
    Taken taken = new Taken();
    taken.add(input, Script.page(records, next));
    moves.add(taken);
    if (records > 0) {
      moves.append(taken.pages(), false);
    } else {
      moves.save(false);
    }
  }

  private Position stored(Input input) throws IOException {
    return Position.parse(open().position(input.json()));
  }

  @Test
  void aLaterTimeAloneIsNotWrittenWithTheRecordsOfOthers() throws Exception {
    Position later = withNothingNew(first);
    assertThat(later).isNotEqualTo(first);
    Position moved = withOneMore(first);

    take(IDLE, 0, later);
    take(BUSY, 1, moved);

    assertThat(stored(IDLE)).isEqualTo(first);
    assertThat(stored(BUSY)).isEqualTo(moved);
  }

  @Test
  void aMinuteLaterItIsAlsoWhereOthersAlwaysHaveRecords() throws Exception {
    Position later = withNothingNew(first);
    take(IDLE, 0, later);
    clock.advance(Moves.SAVED_EVERY);

    take(BUSY, 1, withOneMore(first));

    assertThat(stored(IDLE)).isEqualTo(later);
  }

  @Test
  void aMinuteLaterItIsAlsoWhereNobodyHas() throws Exception {
    take(IDLE, 0, withNothingNew(first));
    clock.advance(Moves.SAVED_EVERY);
    Position later = withNothingNew(first);

    take(IDLE, 0, later);

    assertThat(stored(IDLE)).isEqualTo(later);
  }

  @Test
  void atTheEndOfADrainItIs() throws Exception {
    Position later = withNothingNew(first);
    take(IDLE, 0, later);

    moves.save(true);

    assertThat(stored(IDLE)).isEqualTo(later);
  }

  @Test
  void aMoveIsWrittenWhateverCameBeforeAndAfterIt() throws Exception {
    Position moved = withOneMore(withNothingNew(first));
    Position later = withNothingNew(moved);
    take(IDLE, 0, withNothingNew(first));
    take(IDLE, 0, moved);
    take(IDLE, 0, later);

    take(BUSY, 1, moved);

    assertThat(stored(IDLE)).isEqualTo(later);
  }

  /** An API that has ids from 1 on. */
  private static final class Numbers implements Transport {
    private int last = 1;

    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      String body = "[{\"id\":%d}]".formatted(last);
      return CompletableFuture.completedFuture(
          new RestResponse(200, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {}
  }
}
