package dev.connections.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What other connections commit to a file: SQLite counts it. */
final class SqliteChanges implements OtherWriters {
  private static final Duration BOUND = Duration.ofMillis(1);

  private final SqliteFile file;
  private @Nullable Session watch;
  private long count;
  private boolean closed;

  SqliteChanges(SqliteFile file) {
    this.file = file;
  }

  @Override
  public Duration bound() {
    return BOUND;
  }

  @Override
  public boolean mayHaveWritten() {
    if (closed) {
      throw StoreStates.closed();
    }
    try {
      boolean anew = watch == null; // a new connection counts from another number
      long present = session().number("PRAGMA data_version", List.of());
      boolean changed = anew || present != count;
      count = present;
      return changed;
    } catch (SQLException e) {
      drop();
      throw SqliteFaults.translate(e);
    }
  }

  private Session session() throws SQLException {
    Session present = watch;
    if (present == null) {
      present = file.openToRead();
      watch = present;
    }
    return present;
  }

  private void drop() {
    Session present = watch;
    watch = null;
    if (present != null) {
      file.release(present);
    }
  }

  @Override
  public void close() {
    closed = true;
    drop();
  }
}
