package io.reststream.flink.deserializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reststream.core.Input;
import io.reststream.core.PageInfo;
import io.reststream.core.Records;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RestDeserializerTest {
  private static final String JSON =
      "{\"id\":9007199254740993,\"name\":\"Zoë\",\"price\":1.10,\"unknown\":true}";

  /** As Flink wants them: public, with an empty constructor. */
  public static class Item {
    public long id;
    public String name;

    @JsonProperty("price")
    public double cost;
  }

  public record Named(long id, String name) {}

  public static class Tagged {
    public List<String> tags;
  }

  private static RestRecord record(String json) {
    byte[] around = ("[0," + json + "]").getBytes(StandardCharsets.UTF_8);
    Records records = Records.slices(around, new int[] {1, 3}, new int[] {2, around.length - 1});
    PageInfo info = new PageInfo("https://host/", 200, Instant.EPOCH, 4, 9, 0, "7");
    return new RestRecord(Input.parse("{\"t\":\"a\"}"), info, records, 1);
  }

  /** Goes the way of a job: serialized, deserialized, used. */
  private static <T> List<T> deserialized(RestDeserializer<T> deserializer, String json)
      throws Exception {
    RestDeserializer<T> shipped = InstantiationUtil.clone(deserializer);
    List<T> values = new ArrayList<>();
    shipped.deserialize(record(json), collector(values));
    return values;
  }

  private static <T> Collector<T> collector(List<T> values) {
    return new Collector<>() {
      @Override
      public void collect(T value) {
        values.add(value);
      }

      @Override
      public void close() {}
    };
  }

  private static <T> T throughFlink(TypeInformation<T> type, T value) throws IOException {
    TypeSerializer<T> serializer =
        type.createSerializer(new ExecutionConfig().getSerializerConfig());
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(value, out);
    DataOutputSerializer copy = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);
    return serializer.deserialize(new DataInputDeserializer(copy.getCopyOfBuffer()));
  }

  @Test
  void textAndBytesAreAsTheServerSentThem() throws Exception {
    assertThat(deserialized(RestDeserializer.string(), JSON)).containsExactly(JSON);
    assertThat(deserialized(RestDeserializer.bytes(), JSON))
        .containsExactly(JSON.getBytes(StandardCharsets.UTF_8));
    assertThat(RestDeserializer.string().getProducedType()).isEqualTo(Types.STRING);
    assertThat(RestDeserializer.bytes().getProducedType())
        .isEqualTo(Types.PRIMITIVE_ARRAY(Types.BYTE));
  }

  @Test
  void aTreeKeepsEveryDigit() throws Exception {
    String json = "{\"id\":9007199254740993,\"price\":1.10,\"big\":0.1234567890123456789012345}";
    JsonNode tree = deserialized(RestDeserializer.json(), json).get(0);

    assertThat(tree.get("id").longValue()).isEqualTo(9007199254740993L);
    assertThat(tree.toString()).isEqualTo(json);
    assertThat(throughFlink(JsonNodeTypeInfo.INSTANCE, tree)).isEqualTo(tree);
    assertThat(throughFlink(JsonNodeTypeInfo.INSTANCE, tree).toString()).isEqualTo(json);
  }

  @Test
  void aTreeIsCopiedAsAWhole() throws Exception {
    JsonNode tree = deserialized(RestDeserializer.json(), JSON).get(0);
    JsonNode copy = JsonNodeSerializer.INSTANCE.copy(tree);

    assertThat(copy).isEqualTo(tree).isNotSameAs(tree);
    assertThat(InstantiationUtil.clone(JsonNodeTypeInfo.INSTANCE))
        .isSameAs(JsonNodeTypeInfo.INSTANCE);
  }

  @Test
  void aPojoIsFilledByJackson() throws Exception {
    RestDeserializer<Item> deserializer = RestDeserializer.pojo(Item.class);
    Item item = deserialized(deserializer, JSON).get(0);

    assertThat(item.id).isEqualTo(9007199254740993L);
    assertThat(item.name).isEqualTo("Zoë");
    assertThat(item.cost).isEqualTo(1.1);
    assertThat(deserializer.getProducedType()).isInstanceOf(PojoTypeInfo.class);
  }

  @Test
  void aRecordClassIsFilledByJackson() throws Exception {
    assertThat(deserialized(RestDeserializer.pojo(Named.class), JSON))
        .containsExactly(new Named(9007199254740993L, "Zoë"));
  }

  @Test
  void aPojoThatOnlyKryoCouldCarryIsRefused() {
    assertThatThrownBy(() -> RestDeserializer.pojo(Object.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Flink could carry java.lang.Object only by Kryo:")
        .hasMessageEndingWith(
            "Give its type: RestDeserializer.pojo(Object.class, Types.POJO(...)).");
  }

  @Test
  void aPojoWithAListNeedsItsTypeGiven() throws Exception {
    var type = Types.POJO(Tagged.class, Map.of("tags", Types.LIST(Types.STRING)));
    Tagged tagged =
        deserialized(RestDeserializer.pojo(Tagged.class, type), "{\"tags\":[\"a\",\"b\"]}").get(0);

    assertThat(tagged.tags).containsExactly("a", "b");
  }

  @Test
  void anOwnMapperDecidesHowJsonIsRead() throws Exception {
    RestDeserializer<Item> deserializer =
        RestDeserializer.pojo(
            Item.class, TypeInformation.of(Item.class), RestDeserializerTest::upperCamel);

    assertThat(deserialized(deserializer, "{\"Id\":3,\"Name\":\"b\"}").get(0).name).isEqualTo("b");
  }

  private static ObjectMapper upperCamel() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
        .build();
  }

  @Test
  void aSchemaOfFlinkGetsTheBytes() throws Exception {
    RestDeserializer<String> deserializer = RestDeserializer.of(new SimpleStringSchema());

    assertThat(deserialized(deserializer, JSON)).containsExactly(JSON);
    assertThat(deserializer.getProducedType()).isEqualTo(Types.STRING);
  }

  @Test
  void aRecordTellsWhereItCameFrom() {
    RestRecord record = record(JSON);

    assertThat(Objects.requireNonNull(record.input().values().get("t"))).isEqualTo("a");
    assertThat(record.page().page()).isEqualTo(4);
    assertThat(record.text()).isEqualTo(JSON);
    assertThat(record.bytes()).hasSize(record.length());
  }
}
