package dev.connections.store.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * The file of a store, and how connections to it are made.
 *
 * @param path absolute
 * @param patience how long a call waits for the writes of others
 * @param mostPages how large the file may become; 0 for as large as SQLite allows
 */
record SqliteFile(Path path, Patience patience, long mostPages) {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);

  private static final Optional<String> WAL = Optional.of("wal");

  static SqliteFile at(Path path) {
    return new SqliteFile(
        path.toAbsolutePath().normalize(), new Patience(Duration.ofSeconds(10)), 0);
  }

  /** A connection that writes: what it commits is on the disk before it says so. */
  Session open() throws SQLException {
    Session session = new Session(source().getConnection(), Dialect.SQLITE);
    boolean done = false;
    try {
      if (!session.first("PRAGMA journal_mode = WAL", row -> row.getString(1)).equals(WAL)) {
        throw StoreStates.inaccessible(
            "The file of the connection store lies where SQLite can't share it between readers"
                + " and a writer, such as on a network drive.");
      }
      session.run("PRAGMA synchronous = FULL");
      session.run("PRAGMA wal_autocheckpoint = 0"); // the writer does it
      session.run("PRAGMA foreign_keys = ON");
      session.run("PRAGMA secure_delete = ON");
      if (mostPages > 0) {
        session.run("PRAGMA max_page_count = " + mostPages);
      }
      done = true;
      return session;
    } finally {
      if (!done) {
        release(session);
      }
    }
  }

  /** A connection that refuses to write. */
  Session openToRead() throws SQLException {
    Session session = new Session(source().getConnection(), Dialect.SQLITE);
    boolean done = false;
    try {
      session.run("PRAGMA query_only = ON");
      done = true;
      return session;
    } finally {
      if (!done) {
        release(session);
      }
    }
  }

  /**
   * Where connections come from. The path is given as a URI, so that none of its characters means
   * anything to the driver, and a file that is gone isn't made anew.
   */
  SQLiteDataSource source() {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout((int) patience.time().toMillis());
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + path.toUri());
    return source;
  }

  /** Closes a connection; there is nothing a caller could do if that fails. */
  void release(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      LOG.warn("A connection to the store couldn't be closed (code {}).", e.getErrorCode());
    }
  }
}
