package io.reststream.flink;

import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/** A join of orders, which go on for ever, with their users, of whom there are three. */
final class CachedJoin {
  static final int USERS = 3;

  private CachedJoin() {}

  /** Rows of an order's id and its user's name. */
  static DataStream<Row> of(StreamTableEnvironment env, TenantApi orders, UserApi users) {
    env.getConfig().set("table.exec.async-lookup.buffer-capacity", "1");
    SqlTables.create(
        env,
        "o",
        "id BIGINT, user_id AS MOD(id, %d), seen AS PROCTIME()".formatted(USERS),
        Map.of(
            "url",
            orders.api().url(TenantApi.path(0) + "?from={id}"),
            "offsetType",
            "incremental",
            "offsetField",
            "id",
            "streamingInterval",
            "20ms"));
    SqlTables.create(
        env,
        "u",
        "id BIGINT, name STRING",
        Map.of(
            "url", users.api().url("/users?id={id}"),
            "lookup.cache", "PARTIAL",
            "lookup.partial-cache.max-rows", "100"));
    return env.toDataStream(
        env.sqlQuery(
            "SELECT o.id, u.name FROM o JOIN u FOR SYSTEM_TIME AS OF o.seen ON o.user_id = u.id"));
  }
}
