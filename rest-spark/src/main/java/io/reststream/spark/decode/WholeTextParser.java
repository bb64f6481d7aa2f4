package io.reststream.spark.decode;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Reads a text to its end before it is decoded as Base64. Jackson stops in the middle of one that
 * is not, and what follows in the record would be lost with it.
 */
class WholeTextParser extends JsonParserDelegate {
  WholeTextParser(JsonParser parser) {
    super(parser);
  }

  /** Whether a type holds what is decoded from Base64. */
  static boolean isNeededFor(DataType type) {
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).anyMatch(field -> isNeededFor(field.dataType()));
    }
    if (type instanceof ArrayType array) {
      return isNeededFor(array.elementType());
    }
    return type instanceof MapType map
        ? isNeededFor(map.valueType())
        : type.equals(DataTypes.BinaryType);
  }

  @Override
  public byte[] getBinaryValue(Base64Variant variant) throws IOException {
    String unused = delegate.getText();
    return delegate.getBinaryValue(variant);
  }
}
