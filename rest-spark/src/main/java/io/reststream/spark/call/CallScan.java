package io.reststream.spark.call;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.read.V1Scan;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;

/** A scan of calls, which is an RDD: the rows it calls for come from another query. */
final class CallScan implements V1Scan {
  private final CallTable table;

  CallScan(CallTable table) {
    this.table = table;
  }

  @Override
  public StructType readSchema() {
    return table.schema();
  }

  @Override
  public String description() {
    return table.name();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends BaseRelation & TableScan> T toV1TableScan(SQLContext context) {
    return (T) new Relation(context, table);
  }

  private static final class Relation extends BaseRelation implements TableScan {
    private final SQLContext context;
    private final CallTable table;

    Relation(SQLContext context, CallTable table) {
      this.context = context;
      this.table = table;
    }

    @Override
    public SQLContext sqlContext() {
      return context;
    }

    @Override
    public StructType schema() {
      return table.schema();
    }

    @Override
    public RDD<Row> buildScan() {
      return table.answers();
    }
  }
}
