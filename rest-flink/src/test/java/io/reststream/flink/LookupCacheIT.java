package io.reststream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.flink.kill.UserCode;
import io.reststream.testkit.process.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.runtime.functions.table.lookup.LookupCacheManager;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The caches of lookup joins, of which Flink keeps those of all jobs in one place. */
@ExtendWith(MiniFlink.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LookupCacheIT {
  private static final int ORDERS = 9;

  private record Running(Job job, CloseableIterator<Row> rows) implements AutoCloseable {
    static Running start(MiniFlink.Running flink, TenantApi orders, UserApi users)
        throws Exception {
      StreamExecutionEnvironment environment =
          flink.environment(1, new Configuration(), List.of(UserCode.addresses()));
      CloseableIterator<Row> rows =
          CachedJoin.of(SqlTables.streaming(environment), orders, users).collectAsync();
      return new Running(Job.start(environment), rows);
    }

    void readsOrders(long from) {
      List<Row> read = new ArrayList<>();
      for (int i = 0; i < ORDERS; i++) {
        read.add(rows.next());
      }
      assertThat(read)
          .containsExactlyElementsOf(
              LongStream.range(from, from + ORDERS)
                  .mapToObj(id -> Row.of(id, "u" + id % CachedJoin.USERS))
                  .toList());
    }

    @Override
    public void close() throws Exception {
      job.close();
      rows.close();
    }
  }

  @Test
  void jobsOfTheSameStatementsAtATimeEachHaveTheirOwn(MiniFlink.Running flink) throws Exception {
    try (TenantApi orders = new TenantApi(100);
        UserApi users = new UserApi()) {
      orders.append(0, 1, ORDERS);
      try (Running first = Running.start(flink, orders, users)) {
        first.readsOrders(1);
        assertThat(users.api().requests()).hasSize(CachedJoin.USERS);
        try (Running second = Running.start(flink, orders, users)) {
          second.readsOrders(1);
          assertThat(users.api().requests()).hasSize(2 * CachedJoin.USERS);
          assertThat(LookupCacheManager.getInstance().getManagedCaches()).hasSize(2);
          orders.append(0, 1 + ORDERS, ORDERS);
          second.readsOrders(1 + ORDERS);
        }
        first.readsOrders(1 + ORDERS);
        assertThat(users.api().requests()).hasSize(2 * CachedJoin.USERS);
      }
      Until.holds(
          "no cache is kept",
          Job.LIMIT,
          () -> LookupCacheManager.getInstance().getManagedCaches().isEmpty());
    }
  }
}
