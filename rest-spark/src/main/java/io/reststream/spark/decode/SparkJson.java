package io.reststream.spark.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.catalyst.util.FailureSafeParser;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterable;
import scala.collection.Iterator;
import scala.collection.immutable.Nil$;

/**
 * The bridge to Spark's JSON decoder, which has no public face: the one class that names it. What
 * differs between Scala 2.12 and 2.13 is found at run time. For one thread.
 */
final class SparkJson {
  private final FailureSafeParser<byte[]> parser;
  private final boolean binary;
  private byte[] record = new byte[1024];
  private int length;

  /**
   * A decoder.
   *
   * @param columns the columns to decode, with that of the corrupt record, if it is wanted
   * @param positions the names of a record's values where it is an array
   * @param options Spark's options for JSON
   * @param zone the time zone of times without one, unless the options name another
   * @param corrupt the name of the column of the corrupt record
   */
  SparkJson(
      StructType columns,
      List<String> positions,
      Map<String, String> options,
      String zone,
      String corrupt) {
    JSONOptions json = new JSONOptions(scalaMap(options), zone, corrupt);
    JacksonParser jackson = jackson(without(columns, json.columnNameOfCorruptRecord()), json);
    binary = WholeTextParser.isNeededFor(columns);
    Function2<JsonFactory, byte[], JsonParser> open =
        (factory, bytes) -> open(factory, bytes, positions);
    Function1<byte[], UTF8String> text = bytes -> UTF8String.fromBytes(bytes.clone(), 0, length);
    Function1<byte[], Iterable<InternalRow>> parse = bytes -> jackson.parse(bytes, open, text);
    parser =
        new FailureSafeParser<>(parse, json.parseMode(), columns, json.columnNameOfCorruptRecord());
  }

  /**
   * The row of a record, good until the next is decoded; null if it is to be dropped.
   *
   * @throws RuntimeException Spark's own, for a malformed record in the mode FAILFAST
   */
  @Nullable InternalRow decode(byte[] buffer, int start, int size) {
    // Spark 4 cuts text out of the parser's array, and takes it to start at 0.
    if (record.length < size) {
      record = new byte[Math.max(size, 2 * record.length)];
    }
    System.arraycopy(buffer, start, record, 0, size);
    length = size;
    Iterator<InternalRow> rows = parser.parse(record);
    return rows.hasNext() ? rows.next() : null;
  }

  private JsonParser open(JsonFactory factory, byte[] bytes, List<String> positions) {
    try {
      JsonParser plain = factory.createParser(bytes, 0, length);
      if (length > 0 && bytes[0] == '[') {
        return new PositionalParser(plain, positions);
      }
      return binary ? new WholeTextParser(plain) : plain;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The columns but the one of this name. */
  static StructType without(StructType columns, String name) {
    return DataTypes.createStructType(
        Arrays.stream(columns.fields())
            .filter(column -> !column.name().equals(name))
            .toArray(StructField[]::new));
  }

  /** By reflection, since the constructor takes a {@code Seq}, which Scala 2.13 has anew. */
  private static JacksonParser jackson(StructType columns, JSONOptions options) {
    return (JacksonParser)
        call(
            () ->
                JacksonParser.class.getConstructors()[0].newInstance(
                    columns, options, false, Nil$.MODULE$));
  }

  @SuppressWarnings("unchecked")
  private static scala.collection.immutable.Map<String, String> scalaMap(
      Map<String, String> options) {
    Method updated =
        Arrays.stream(scala.collection.immutable.Map.class.getMethods())
            .filter(method -> method.getName().equals("updated") && method.getParameterCount() == 2)
            .findFirst()
            .orElseThrow();
    Object map = scala.collection.immutable.Map$.MODULE$.empty();
    for (Map.Entry<String, String> option : options.entrySet()) {
      Object before = map;
      map = call(() -> updated.invoke(before, option.getKey(), option.getValue()));
    }
    return (scala.collection.immutable.Map<String, String>) map;
  }

  private interface Reflected {
    Object call() throws ReflectiveOperationException;
  }

  private static Object call(Reflected reflected) {
    try {
      return reflected.call();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException("Spark's JSON decoder failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Spark's JSON decoder is not known", e);
    }
  }
}
