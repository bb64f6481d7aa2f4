package io.reststream.flink.enumerator;

import static io.reststream.flink.enumerator.Cluster.inputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.flink.LoggedWarnings;
import io.reststream.flink.limits.JobLimits;
import io.reststream.flink.limits.PauseAsked;
import io.reststream.flink.limits.Reads;
import java.io.ObjectStreamClass;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class SharedLimitsTest {
  private static final Instant NEVER = Instant.MIN;
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  /** A cluster all of whose readers have told what they got. */
  private static Cluster reading(Cluster cluster, int readers) {
    for (int reader = 0; reader < readers; reader++) {
      cluster.register(reader).event(reader, new Reads(cluster.assigned(reader).size()));
    }
    return cluster;
  }

  private static RestEnumState restored(int... inputs) {
    return new RestEnumState(false, Set.copyOf(inputs(inputs)), List.of());
  }

  // sharing

  @Test
  void readersWithInputsShareTheLimitsFromTheFirstOneOn() {
    Cluster cluster = reading(Cluster.fresh(4, 0, 1), 4);

    assertThat(cluster.told(0)).containsExactly(new JobLimits(2, NEVER));
    assertThat(cluster.told(1)).containsExactly(new JobLimits(2, NEVER));
    assertThat(cluster.told(2)).isEmpty();
    assertThat(cluster.told(3)).isEmpty();
  }

  @Test
  void afterARestoreReadersCountUntilTheySayThatTheyReadNothing() {
    Cluster cluster = new Cluster(4, inputs(0, 1, 2), restored(0, 1, 2)).register(0, 1, 2, 3);

    cluster.event(0, new Reads(1));
    assertThat(cluster.told(0)).containsExactly(new JobLimits(3, NEVER));

    cluster.event(1, new Reads(0)).event(2, new Reads(0)).event(3, new Reads(1));
    assertThat(cluster.told(0)).endsWith(new JobLimits(2, NEVER));
    assertThat(cluster.told(3)).containsExactly(new JobLimits(2, NEVER));
  }

  @Test
  void whenAReaderHasReadItsInputsTheOthersTakeItsPart() {
    Cluster cluster = reading(Cluster.fresh(2, 0, 1), 2).event(1, new Reads(0));

    assertThat(cluster.told(0)).endsWith(new JobLimits(1, NEVER));
    assertThat(cluster.told(1)).as("it may have ended").containsExactly(new JobLimits(2, NEVER));

    cluster.event(0, new Reads(0));
    assertThat(cluster.told(0)).hasSize(2);
  }

  @Test
  void readerThatComesBackIsToldAgain() {
    Cluster cluster = reading(Cluster.fresh(2, 0, 1), 2);
    cluster.fail(1).register(1);

    assertThat(cluster.event(1, new Reads(1)).told(1)).containsExactly(new JobLimits(2, NEVER));
    assertThat(cluster.told(0)).hasSize(1);
  }

  @Test
  void moreReadersThanRequestsAtATimeAreWarnedAboutOnce() {
    try (LoggedWarnings logged = new LoggedWarnings(SharedLimits.class)) {
      Cluster cluster = new Cluster(3, inputs(0, 1, 2), 2, restored(0, 1, 2)).register(0, 1, 2);
      cluster.event(0, new Reads(1)).event(1, new Reads(1));
      assertThat(logged.messages()).isEmpty();

      cluster.event(2, new Reads(1)).event(2, new Reads(1));

      assertThat(logged.messages())
          .containsExactly(
              "Option 'maxConcurrentRequests' is 2, but 3 readers have inputs since a restore dealt them out, and each may have one request under way. A parallelism of the source of at most 2 keeps to it.");
    }
  }

  // pauses

  @Test
  void pauseThatOneReaderWasAskedForIsToldToTheOthers() {
    Cluster cluster = reading(Cluster.fresh(3, 0, 1, 2), 3).event(1, new PauseAsked(NOON));

    assertThat(cluster.told(0)).endsWith(new JobLimits(3, NOON));
    assertThat(cluster.told(2)).endsWith(new JobLimits(3, NOON));
    assertThat(cluster.told(1)).as("it knows").containsExactly(new JobLimits(3, NEVER));
  }

  @Test
  void pauseIsNeitherShortenedNorToldTwice() {
    Cluster cluster =
        reading(Cluster.fresh(2, 0, 1), 2)
            .event(1, new PauseAsked(NOON))
            .event(0, new PauseAsked(NOON))
            .event(1, new PauseAsked(NOON.minusSeconds(1)));
    assertThat(cluster.told(0)).containsExactly(new JobLimits(2, NEVER), new JobLimits(2, NOON));
    assertThat(cluster.told(1)).containsExactly(new JobLimits(2, NEVER));

    cluster.event(0, new PauseAsked(NOON.plusSeconds(1)));
    assertThat(cluster.told(1)).endsWith(new JobLimits(2, NOON.plusSeconds(1)));
  }

  @Test
  void readerThatComesLaterIsToldThePauseBeforeItAsks() {
    Cluster cluster = Cluster.fresh(2, 0, 1).register(0);
    cluster.event(0, new Reads(1)).event(0, new PauseAsked(NOON)).register(1);
    assertThat(cluster.told(1)).isEmpty();

    assertThat(cluster.event(1, new Reads(1)).told(1)).containsExactly(new JobLimits(2, NOON));
  }

  @Test
  void readerThatFailedDuringThePauseIsToldWhenItComesBack() {
    Cluster cluster = reading(Cluster.fresh(2, 0, 1), 2).fail(1).event(0, new PauseAsked(NOON));
    assertThat(cluster.told(1)).isEmpty();

    cluster.register(1).event(1, new Reads(1));
    assertThat(cluster.told(1)).containsExactly(new JobLimits(2, NOON));
  }

  @Test
  void noPauseIsInACheckpoint() {
    Cluster cluster = reading(Cluster.fresh(1, 0), 1);
    RestEnumState before = cluster.state();

    assertThat(cluster.event(0, new PauseAsked(NOON)).state()).isEqualTo(before);
  }

  // events

  @Test
  void eventsTravelAndHaveAVersionThatStays() throws Exception {
    for (SourceEvent event :
        List.of(new Reads(1), new PauseAsked(NOON), new JobLimits(3, Instant.MIN))) {
      byte[] bytes = InstantiationUtil.serializeObject(event);
      Object back = InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader());
      assertThat(back).isEqualTo(event);
    }
    assertThat(Stream.of(Reads.class, PauseAsked.class, JobLimits.class))
        .allMatch(event -> ObjectStreamClass.lookup(event).getSerialVersionUID() == 1);
  }

  @Test
  void eventThatIsUnknownIsRefusedByName() {
    record Surprise() implements SourceEvent {}
    Cluster cluster = Cluster.fresh(1, 0);

    assertThatThrownBy(() -> cluster.event(0, new Surprise()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An event of a reader is unknown: Surprise[]");
  }
}
