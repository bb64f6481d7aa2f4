package io.reststream.spark.call;

import io.reststream.spark.read.RowFormat;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.read.V1Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;

/** A scan of calls, which is an RDD: the rows it calls for come from another query. */
final class CallScan implements V1Scan {
  private final CallRead read;
  private final RowFormat format;
  private final int enough;

  /**
   * A scan.
   *
   * @param enough how many records of each answer are enough
   */
  CallScan(CallRead read, RowFormat format, int enough) {
    this.read = read;
    this.format = format;
    this.enough = enough;
  }

  @Override
  public StructType readSchema() {
    return format.columns();
  }

  @Override
  public String description() {
    return "rest calls";
  }

  /** Refuses, since a stream is not made of calls. */
  @Override
  public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
    throw read.noStream();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends BaseRelation & TableScan> T toV1TableScan(SQLContext context) {
    return (T) new Relation(context, read, format, enough);
  }

  private static final class Relation extends BaseRelation implements TableScan {
    private final SQLContext context;
    private final CallRead read;
    private final RowFormat format;
    private final int enough;

    Relation(SQLContext context, CallRead read, RowFormat format, int enough) {
      this.context = context;
      this.read = read;
      this.format = format;
      this.enough = enough;
    }

    @Override
    public SQLContext sqlContext() {
      return context;
    }

    @Override
    public StructType schema() {
      return format.columns();
    }

    /** The rows are Spark's own already, which is what this makes of the type that is named. */
    @Override
    public boolean needConversion() {
      return false;
    }

    @Override
    @SuppressWarnings("unchecked")
    public RDD<Row> buildScan() {
      JavaRDD<?> rows = read.called(enough).mapPartitions(new DecodedRows(read.inputs(), format));
      return ((JavaRDD<Row>) rows).rdd();
    }
  }
}
