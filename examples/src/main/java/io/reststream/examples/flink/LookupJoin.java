package io.reststream.examples.flink;

import io.reststream.examples.ExampleApi;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;

/** Adds the user's name to each order: an API is asked for each user, and then remembered. */
public final class LookupJoin {
  private LookupJoin() {}

  /** So many orders, each with its user's name. */
  public static Table join(TableEnvironment env, String api, int orders) {
    env.executeSql(
        """
        CREATE TABLE users (
          id BIGINT,
          name STRING
        ) WITH (
          'connector' = 'rest',
          'url' = '%s/users?id={id}',
          'on-error' = 'fail',
          'lookup.cache' = 'PARTIAL',
          'lookup.partial-cache.max-rows' = '10000',
          'lookup.partial-cache.expire-after-write' = '10 min'
        )
        """
            .formatted(api));
    env.executeSql(
        """
        CREATE TABLE orders (
          id BIGINT,
          user_id AS MOD(id, 5),
          seen AS PROCTIME()
        ) WITH (
          'connector' = 'datagen',
          'number-of-rows' = '%1$d',
          'fields.id.kind' = 'sequence',
          'fields.id.start' = '1',
          'fields.id.end' = '%1$d'
        )
        """
            .formatted(orders));
    return env.sqlQuery(
        """
        SELECT orders.id, users.name
        FROM orders
        LEFT JOIN users FOR SYSTEM_TIME AS OF orders.seen ON orders.user_id = users.id
        """);
  }

  /** Prints twenty orders. */
  public static void main(String[] args) {
    try (ExampleApi api = ExampleApi.start()) {
      TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
      join(env, api.url(), 20).execute().print();
    }
  }
}
