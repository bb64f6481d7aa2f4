package io.reststream.spark.catalog;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.PrunedScan;
import org.apache.spark.sql.types.StructType;

/** A read as a relation of Spark's old interface, with the columns that a query uses. */
final class ReadRelation extends BaseRelation implements PrunedScan {
  private final SQLContext context;
  private final Dataset<Row> rows;

  ReadRelation(SQLContext context, Dataset<Row> rows) {
    this.context = context;
    this.rows = rows;
  }

  @Override
  public SQLContext sqlContext() {
    return context;
  }

  @Override
  public StructType schema() {
    return rows.schema();
  }

  @Override
  public RDD<Row> buildScan(String[] columns) {
    Column[] used = new Column[columns.length];
    for (int i = 0; i < columns.length; i++) {
      used[i] = functions.col("`" + columns[i].replace("`", "``") + "`");
    }
    return rows.select(used).javaRDD().rdd();
  }
}
