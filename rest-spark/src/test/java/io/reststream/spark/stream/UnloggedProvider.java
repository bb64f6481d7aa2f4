package io.reststream.spark.stream;

import io.reststream.core.ReadMode;
import io.reststream.core.RestConfig;
import io.reststream.spark.RestTableProvider;
import io.reststream.spark.log.LogStore;
import io.reststream.spark.read.RowFormat;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The data source {@code rest} with a page log that writes nothing: what it would cost if nothing
 * had to be safe. Only for a query that never reads back, and so for batches that travel with their
 * tasks.
 */
public final class UnloggedProvider implements TableProvider {
  private final RestTableProvider rest = new RestTableProvider();

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return rest.inferSchema(options);
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new Unlogged((SupportsRead) rest.getTable(schema, partitioning, properties), properties);
  }

  private record Unlogged(SupportsRead rest, Map<String, String> options) implements SupportsRead {
    @Override
    public String name() {
      return rest.name();
    }

    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
      return rest.schema();
    }

    @Override
    public Set<TableCapability> capabilities() {
      return rest.capabilities();
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ignored) {
      return () ->
          new Scan() {
            @Override
            public StructType readSchema() {
              return schema();
            }

            @Override
            public MicroBatchStream toMicroBatchStream(String checkpoint) {
              return RestMicroBatchStream.open(
                  RestConfig.parse(options, ReadMode.STREAM),
                  new RestMicroBatchStream.Settings(100, Optional.empty()),
                  RowFormat.untyped(List.of()),
                  new NoStore(),
                  SparkSession.active().sparkContext().hadoopConfiguration());
            }
          };
    }
  }

  /** Remembers the names of its files, and nothing else. */
  private static final class NoStore implements LogStore {
    private final Set<String> names = new ConcurrentSkipListSet<>();

    @Override
    public void create(String name, List<byte[]> chunks) {
      names.add(name);
    }

    @Override
    public StoredFile open(String name) throws FileNotFoundException {
      throw new FileNotFoundException(name);
    }

    @Override
    public List<String> list(String directory) {
      return names.stream()
          .filter(name -> name.startsWith(directory))
          .map(name -> name.substring(directory.length()))
          .toList();
    }

    @Override
    public void delete(String name) {
      names.remove(name);
    }

    @Override
    public String path(String name) {
      return "nowhere/" + name;
    }
  }
}
