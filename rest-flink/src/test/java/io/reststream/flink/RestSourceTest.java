package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.Input;
import io.reststream.core.PositionException;
import io.reststream.core.config.ConfigException;
import io.reststream.core.config.OffsetBoundary;
import io.reststream.core.config.OffsetType;
import io.reststream.core.config.Order;
import io.reststream.core.config.PaginationStyle;
import io.reststream.flink.deserializer.RestDeserializer;
import io.reststream.flink.enumerator.RestEnumState;
import io.reststream.flink.split.RestSplit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RestSourceTest {
  private static RestSourceBuilder<String> builder() {
    return RestSource.<String>builder().deserializer(RestDeserializer.string());
  }

  private static RestSourceBuilder<String> events() {
    return builder().url("https://api.example.com/events?since={timestamp}");
  }

  @Test
  void isUnboundedUnlessToldOtherwise() {
    assertThat(events().build().getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    assertThat(events().bounded().build().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    assertThat(events().bounded().unbounded().build().getBoundedness())
        .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
  }

  @Test
  void producesTheTypeOfItsDeserializer() {
    assertThat(events().build().getProducedType()).isEqualTo(Types.STRING);
  }

  @Test
  void travelsToTheClusterWithItsOptions() throws Exception {
    RestSource<String> source = events().option("batch-size", "7").build();

    RestSource<String> shipped = InstantiationUtil.clone(source);

    assertThat(shipped.toString()).isEqualTo(source.toString()).contains("batchSize=7");
  }

  @Test
  void everySetterSetsItsOption() {
    RestSource<String> source =
        builder()
            .url("https://api.example.com/{region}/items?start_id={id}&page={cursor}")
            .method("POST")
            .header("Accept", "application/json")
            .body("{\"after\":{id}}")
            .inputData("[{\"region\":\"eu\"}]")
            .streamingInterval(Duration.ofMillis(1500))
            .offsetType(OffsetType.INCREMENTAL)
            .offsetField("id")
            .initialOffset("5")
            .offsetBoundary(OffsetBoundary.EXCLUSIVE)
            .order(Order.ASCENDING)
            .dataField("items")
            .keyField("region", "id")
            .pagination(PaginationStyle.CURSOR)
            .nextField("cursor")
            .batchSize(9)
            .connectionTimeout(Duration.ofSeconds(1))
            .readTimeout(Duration.ofSeconds(2))
            .build();

    assertThat(source.toString())
        .contains(
            "method=POST",
            "header.Accept=****",
            "body=****",
            "inputData=[{\"region\":\"eu\"}]",
            "streamingInterval=1500ms",
            "offsetType=incremental",
            "offsetField=id",
            "initialOffset=5",
            "offsetBoundary=exclusive",
            "order=ascending",
            "dataField=items",
            "keyField=region,id",
            "pagination=cursor",
            "nextField=cursor",
            "batchSize=9",
            "connectionTimeout=1000ms",
            "readTimeout=2000ms");
    assertThat(builder().url("https://api.example.com/all").pageSize(50).build().toString())
        .contains("pageSize=50");
  }

  @Test
  void everyProblemOfTheOptionsIsSaidAtOnce() {
    assertThatThrownBy(
            () ->
                builder()
                    .options(Map.of("offsettyp", "cursor", "streamingInterval", "soon"))
                    .build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("url")
        .hasMessageContaining("offsettyp")
        .hasMessageContaining(
            "Option 'streamingInterval' must be a duration such as '10' (seconds), '500ms' or '1m', but was 'soon'.");
  }

  @Test
  void aDeserializerIsNeeded() {
    assertThatThrownBy(() -> RestSource.<String>builder().url("https://host/{timestamp}").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "A deserializer is needed, for example deserializer(RestDeserializer.string()).");
  }

  @Test
  void anUnboundedReadCannotGoOnFromABoundedOne() {
    RestEnumState state = new RestEnumState(true, Set.of(), List.of());

    assertThatThrownBy(
            () -> events().build().restoreEnumerator(new TestingSplitEnumeratorContext<>(1), state))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The checkpoint is of a bounded read, whose finished inputs have no position any more; an unbounded read cannot go on from it. Start without it, or build the source with bounded(), in SQL 'scan.bounded'='true'.");
  }

  @Test
  void aBoundedReadCanGoOnFromAnUnboundedOne() throws Exception {
    RestEnumState state = new RestEnumState(false, Set.of(), List.of());

    var enumerator =
        events().bounded().build().restoreEnumerator(new TestingSplitEnumeratorContext<>(1), state);

    assertThat(enumerator.snapshotState(1).bounded()).isTrue();
  }

  @Test
  void aCheckpointOfOtherInputsIsRefusedUntilTheyAreAccepted() throws Exception {
    RestEnumState state =
        new RestEnumState(
            false,
            Set.of(Input.parse("{\"tenant\":\"a\"}")),
            List.of(RestSplit.fresh(Input.parse("{\"tenant\":\"b\"}"))));
    var changed = events().option("inputData", "[{\"tenant\":\"a\",\"n\":1}]");

    assertThatThrownBy(
            () -> changed.build().restoreEnumerator(new TestingSplitEnumeratorContext<>(1), state))
        .isInstanceOf(PositionException.class)
        .hasMessage(
            "The stored positions are of other inputs, with the columns (tenant): none is among those of option 'inputData', with the columns (n, tenant), which would all be read from the start. Start anew, restore the inputs, or accept the change with 'acceptChanges'='inputData'.");

    var accepted = changed.option("acceptChanges", "inputData").build();
    assertThat(accepted.restoreEnumerator(new TestingSplitEnumeratorContext<>(1), state))
        .isNotNull();
  }

  @Test
  void anInputMayBeAddedToThoseOfACheckpoint() throws Exception {
    RestEnumState state =
        new RestEnumState(false, Set.of(Input.parse("{\"tenant\":\"a\"}")), List.of());
    var more = events().option("inputData", "[{\"tenant\":\"b\"},{\"tenant\":\"a\"}]");

    assertThat(more.build().restoreEnumerator(new TestingSplitEnumeratorContext<>(1), state))
        .isNotNull();
  }
}
