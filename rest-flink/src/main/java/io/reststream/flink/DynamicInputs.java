package io.reststream.flink;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the inputs of a source while its job runs, in place of {@code inputData}: tenants that come
 * and go, repositories of an account.
 *
 * <pre>{@code
 * class Tenants implements DynamicInputs {
 *   public List<String> columns() {
 *     return List.of("tenant");
 *   }
 *
 *   public Collection<Map<String, String>> discover() throws Exception {
 *     return registry.tenants().stream().map(name -> Map.of("tenant", name)).toList();
 *   }
 * }
 *
 * RestSource.<String>builder().dynamicInputs(new Tenants(), Duration.ofMinutes(1))
 * }</pre>
 *
 * <p>Each input is a split of its own, with its own position. One that is found no more ends after
 * what was handed over of it; its position is kept, and it goes on there when it is found again.
 */
public interface DynamicInputs extends Serializable, AutoCloseable {

  /** The columns that inputs may have; placeholders are filled by them. */
  List<String> columns();

  /**
   * All inputs that there are now; equal ones are one. Called in the JobManager, by a thread of its
   * own, and never twice at a time.
   *
   * @throws Exception fails the job, whose restart asks again
   */
  Collection<? extends Map<String, ? extends @Nullable Object>> discover() throws Exception;

  /**
   * Called in the JobManager when no more inputs are looked for. Does nothing if not overridden.
   */
  @Override
  default void close() throws Exception {}
}
