package io.reststream.spark.keep;

import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.List;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/**
 * An RDD that is made when a job first asks for its partitions. A query plan that becomes an RDD
 * may run jobs for it, which the plan of another query must not.
 *
 * @param <T> what it holds
 */
public final class LateRdd<T> extends RDD<T> {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<RDD<T>> making;
  private @Nullable RDD<T> made;
  private int size;

  /**
   * An RDD of what is made later.
   *
   * @param making called in the thread that runs the first job, and again only if it has failed
   */
  public LateRdd(SparkContext context, Class<T> type, Supplier<RDD<T>> making) {
    super(context.emptyRDD(ClassTag$.MODULE$.apply(type)), ClassTag$.MODULE$.apply(type));
    this.making = making;
  }

  /** How many partitions it has; known in a task. */
  public int size() {
    return size;
  }

  private synchronized RDD<T> made() {
    RDD<T> known = made;
    if (known == null) {
      known = making.get();
      made = known;
    }
    return known;
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = made().partitions();
    size = partitions.length;
    return partitions;
  }

  /** Of a type that is the collection of Scala 2.12 and of Scala 2.13, and so overrides both. */
  @Override
  public Seq<Dependency<?>> getDependencies() {
    List<Dependency<?>> none = none();
    return none.$colon$colon(new OneToOneDependency<>(made()));
  }

  @SuppressWarnings("unchecked")
  private static <E> List<E> none() {
    return (List<E>) (List<?>) Nil$.MODULE$;
  }

  @Override
  public Iterator<T> compute(Partition split, TaskContext context) {
    return Objects.requireNonNull(made).iterator(split, context);
  }
}
