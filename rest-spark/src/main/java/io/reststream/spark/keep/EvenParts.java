package io.reststream.spark.keep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * Spreads the values of an RDD evenly over partitions, in their order. They are made once: what
 * comes of them lies in Spark's shuffle, where it is counted, and then cut.
 */
public final class EvenParts {
  private EvenParts() {}

  /**
   * The values in so many partitions. It runs the job that makes and counts them.
   *
   * @param values serializable ones, as Java means it
   */
  public static <T extends Serializable> JavaRDD<T> of(JavaRDD<T> values, int parts) {
    int sources = values.getNumPartitions();
    PairFlatMapFunction<Iterator<T>, Integer, byte[]> packing =
        part -> numbered(Pack.all(part), TaskContext.getPartitionId());
    JavaPairRDD<Integer, byte[]> made =
        values.mapPartitionsToPair(packing).partitionBy(new BySource(Math.max(1, sources)));
    FlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, Long> counting =
        part -> List.of(count(part)).iterator();
    List<Long> counts = made.mapPartitions(counting).collect();
    long[] first = new long[counts.size() + 1];
    for (int i = 0; i < counts.size(); i++) {
      first[i + 1] = first[i] + counts.get(i);
    }
    Ranges ranges = new Ranges(first[counts.size()], parts);
    PairFlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, Long, byte[]> cutting =
        part -> cut(part, first[TaskContext.getPartitionId()], ranges);
    FlatMapFunction<byte[], T> opening = pack -> Pack.<T>open(pack).iterator();
    return made.mapPartitionsToPair(cutting)
        .repartitionAndSortWithinPartitions(ranges)
        .values()
        .flatMap(opening);
  }

  private static long count(Iterator<Tuple2<Integer, byte[]>> packs) {
    long count = 0;
    while (packs.hasNext()) {
      count += Pack.size(packs.next()._2());
    }
    return count;
  }

  private static Iterator<Tuple2<Long, byte[]>> cut(
      Iterator<Tuple2<Integer, byte[]>> packs, long first, Ranges ranges) {
    return new Iterator<>() {
      private long number = first;
      private Iterator<Tuple2<Long, byte[]>> pieces = List.<Tuple2<Long, byte[]>>of().iterator();

      @Override
      public boolean hasNext() {
        while (!pieces.hasNext() && packs.hasNext()) {
          byte[] pack = packs.next()._2();
          pieces = ranges.cut(pack, number).iterator();
          number += Pack.size(pack);
        }
        return pieces.hasNext();
      }

      @Override
      public Tuple2<Long, byte[]> next() {
        if (!hasNext()) {
          throw new NoSuchElementException("All values are cut");
        }
        return pieces.next();
      }
    };
  }

  /** Each with the number of the partition that it comes from. */
  private static Iterator<Tuple2<Integer, byte[]>> numbered(Iterator<byte[]> packs, int source) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return packs.hasNext();
      }

      @Override
      public Tuple2<Integer, byte[]> next() {
        return new Tuple2<>(source, packs.next());
      }
    };
  }

  /** Leaves values in the partition that they come from. */
  private static final class BySource extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int sources;

    BySource(int sources) {
      this.sources = sources;
    }

    @Override
    public int numPartitions() {
      return sources;
    }

    @Override
    public int getPartition(Object source) {
      return (Integer) source;
    }
  }

  /** Which numbers of values go into which partition. */
  private static final class Ranges extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final long values;
    private final int parts;

    Ranges(long values, int parts) {
      this.values = values;
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    /** Made anew after an executor was lost, there may be more values than were counted. */
    @Override
    public int getPartition(Object number) {
      long part = Math.multiplyExact((Long) number, (long) parts) / Math.max(1, values);
      return (int) Math.min(part, parts - 1);
    }

    /** A pack by the number of its first value; as several ones where a partition ends in it. */
    List<Tuple2<Long, byte[]>> cut(byte[] pack, long first) {
      int size = Pack.size(pack);
      if (getPartition(first) == getPartition(first + size - 1)) {
        return List.of(new Tuple2<>(first, pack));
      }
      List<Tuple2<Long, byte[]>> pieces = new ArrayList<>();
      List<Serializable> values = Pack.open(pack);
      int from = 0;
      Pack piece = new Pack();
      for (int i = 0; i < size; i++) {
        if (getPartition(first + i) != getPartition(first + from)) {
          pieces.add(new Tuple2<>(first + from, piece.bytes()));
          piece = new Pack();
          from = i;
        }
        piece.add(values.get(i));
      }
      pieces.add(new Tuple2<>(first + from, piece.bytes()));
      return pieces;
    }
  }
}
