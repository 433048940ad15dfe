package dev.connections.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * What a pool does where one of its connections broke. By itself it would close that one alone, and
 * write into its log what the driver said, which may be anything. The others most likely broke too.
 */
final class BrokenConnections implements SQLExceptionOverride {
  private final Runnable closesAll;

  BrokenConnections(Runnable closesAll) {
    this.closesAll = closesAll;
  }

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException thrown) {
    if (isBroken(thrown)) {
      closesAll.run();
    }
    return SQLExceptionOverride.Override.DO_NOT_EVICT;
  }

  private static boolean isBroken(SQLException thrown) {
    for (SQLException one = thrown; one != null; one = one.getNextException()) {
      String state = one.getSQLState();
      if (state != null && (state.startsWith("08") || state.startsWith("57P"))) {
        return true;
      }
    }
    return false;
  }
}
