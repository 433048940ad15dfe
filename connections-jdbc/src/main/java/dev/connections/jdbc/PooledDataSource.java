package dev.connections.jdbc;

import dev.connections.api.ConnectionException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** What a host gets of the pool: it can borrow, and neither close nor reconfigure. */
final class PooledDataSource implements DataSource {
  private final Borrower borrower;

  /** Borrows from the pool; throws precise failures. */
  @FunctionalInterface
  interface Borrower {
    Connection borrow();
  }

  PooledDataSource(Borrower borrower) {
    this.borrower = borrower;
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return borrower.borrow();
    } catch (ConnectionException e) {
      throw new SQLException(e.failure().message(), e.failure().vendorCode().orElse("08001"), e);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the connection's own login is used");
  }

  @Override
  public PrintWriter getLogWriter() {
    return new PrintWriter(PrintWriter.nullWriter());
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is no log writer");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("the configuration's time-out is used");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("nothing of that type is wrapped");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
