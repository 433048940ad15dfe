package dev.connections.jdbc;

import dev.connections.api.AdapterLife;
import dev.connections.api.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Lends a pool's connections to a host, prepared and watched. Safe for any thread.
 *
 * @param pool where they come from
 * @param driver gets ready first
 * @param dialler opens one where none is idle
 * @param timeout how long a host waits
 * @param preparation what a host expects of them
 * @param watch notices what becomes of them
 * @param failures words failures
 * @param life ends with the adapter
 */
record Borrowing(
    DatabasePool pool,
    DatabaseDriver driver,
    Dialler dialler,
    Duration timeout,
    Database.Preparation preparation,
    PoolWatch watch,
    DatabaseFailures failures,
    AdapterLife life)
    implements PooledDataSource.Borrower {

  @Override
  public Connection borrow() {
    Operation call = life.during(Operation.within("connection", timeout));
    try {
      driver.prepare(call);
      Connection taken = pool.take(new DatabasePool.Caller(timeout, call::onCancel, dialler::dial));
      try {
        preparation.prepare(taken);
        return watch.lend(taken, pool::tell);
      } catch (SQLException | RuntimeException e) {
        pool.discard(taken);
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      throw failures.of(e);
    }
  }
}
