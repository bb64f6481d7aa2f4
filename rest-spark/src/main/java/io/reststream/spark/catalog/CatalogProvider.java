package io.reststream.spark.catalog;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.RelationProvider;
import org.apache.spark.sql.sources.SchemaRelationProvider;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * Opens the tables of {@code CREATE TABLE ... USING rest}: Spark's session catalog knows a source
 * by this interface alone. Its maps are Scala's, which are touched nowhere else.
 */
public abstract class CatalogProvider implements RelationProvider, SchemaRelationProvider {
  private final String format;

  /** A provider whose tables are reads of this format. */
  protected CatalogProvider(String format) {
    this.format = format;
  }

  @Override
  public BaseRelation createRelation(
      SQLContext context, scala.collection.immutable.Map<String, String> options) {
    return relation(context, options, null);
  }

  @Override
  public BaseRelation createRelation(
      SQLContext context,
      scala.collection.immutable.Map<String, String> options,
      StructType schema) {
    return relation(context, options, schema);
  }

  private BaseRelation relation(
      SQLContext context,
      scala.collection.immutable.Map<String, String> options,
      @Nullable StructType schema) {
    Map<String, String> given = new TreeMap<>();
    for (Iterator<Tuple2<String, String>> all = options.iterator(); all.hasNext(); ) {
      Tuple2<String, String> option = all.next();
      given.put(option._1(), option._2());
    }
    DataFrameReader reader =
        context.sparkSession().read().format(format).options(CatalogOptions.withoutPath(given));
    Dataset<Row> rows = schema == null ? reader.load() : reader.schema(schema).load();
    return new ReadRelation(context, rows);
  }
}
