package dev.connections.store.jdbc;

import dev.connections.api.ConnectionException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the rows in PostgreSQL. Each transaction first says whose rows it reaches, and
 * that ends with the transaction: a connection that goes back to its pool shows nobody's rows.
 *
 * <p>A lost connection is found at that first statement, before anything is done, so another one is
 * taken instead.
 */
final class PostgresTransactions implements Transactions {
  private static final int MOST_UNDER_WAY = 1 << 20;
  private static final String NO_ACCOUNT = "";

  /** One statement, so one round trip; it goes to the server together with BEGIN. */
  private static final String ENTER =
      "SELECT set_config('connections.account', ?, true), current_setting('search_path')";

  /** Only for connections that don't begin with ours: it costs the server more than a read does. */
  private static final String FIND_TABLES = "SELECT set_config('search_path', ?, true)";

  private record Joined(String account, Session session) {}

  private final DataSource source;
  private final String searchPath;
  private final Patience patience;
  private final Runnable ended;
  private final Runnable release;
  private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);

  /** Of this store alone: a thread may be in a transaction of each of several stores. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Joined> mine = new ThreadLocal<>();

  private volatile boolean closed;

  /**
   * Makes the door.
   *
   * @param source gives connections and takes them back
   * @param schema in which the tables lie
   * @param patience how long a broken connection is replaced by another one, again and again
   * @param ended is told after each transaction that may have written
   * @param release lets the source go, when the last transaction has ended
   */
  PostgresTransactions(
      DataSource source, String schema, Patience patience, Runnable ended, Runnable release) {
    this.source = source;
    this.searchPath = searchPath(schema);
    this.patience = patience;
    this.ended = ended;
    this.release = release;
  }

  /** Where tables are looked for: nobody's temporary table takes the place of one of ours. */
  static String searchPath(String schema) {
    return quoted(schema) + ", pg_temp";
  }

  /** A name as it stands in SQL, whatever its characters. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public boolean joined() {
    return mine.get() != null;
  }

  @Override
  public <T> T read(String account, Session.Work<T> work) {
    Joined joined = mine.get();
    return joined == null ? readNew(account, work) : join(joined, account, work);
  }

  @Override
  public <T> T write(String account, Session.Work<T> work) {
    Joined joined = mine.get();
    return joined == null ? writeNew(account, work) : join(joined, account, work);
  }

  /** Transactions are side by side here. */
  @Override
  public <T> T writeMuch(String account, Session.Work<T> work) {
    return write(account, work);
  }

  /** What the views show that look over all accounts; tables show nothing where none is named. */
  @Override
  public <T> T readEveryAccount(Session.Work<T> work) {
    return readCommon(work);
  }

  /** The thread's own transaction reaches what is common as well. */
  @Override
  public <T> T readCommon(Session.Work<T> work) {
    Joined joined = mine.get();
    return joined == null ? readNew(NO_ACCOUNT, work) : join(joined, joined.account, work);
  }

  @Override
  public <T> T writeCommon(Session.Work<T> work) {
    Joined joined = mine.get();
    return joined == null ? writeNew(NO_ACCOUNT, work) : join(joined, joined.account, work);
  }

  /** A transaction reaches one account, so each part is one of its own. */
  @Override
  public <T> T together(Supplier<T> work) {
    return work.get();
  }

  private static <T> T join(Joined joined, String account, Session.Work<T> work) {
    if (!joined.account.equals(account)) {
      throw new IllegalArgumentException("a transaction reaches the rows of one account only");
    }
    try {
      return work.in(joined.session);
    } catch (SQLException e) {
      throw PostgresFaults.translate(e);
    }
  }

  /** Nothing is changed by it, so it is done again where the connection breaks. */
  private <T> T readNew(String account, Session.Work<T> work) {
    enter();
    try {
      long end = end();
      while (true) {
        try (Session session = begin(account, true)) {
          T result = work.in(session);
          session.commit();
          return result;
        } catch (SQLException e) {
          if (isFinal(e, end)) {
            throw failure(e);
          }
        }
      }
    } finally {
      underWay.release();
    }
  }

  private <T> T writeNew(String account, Session.Work<T> work) {
    enter();
    try (Session session = begin(account, false)) {
      return written(new Joined(account, session), work);
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      ended.run();
      underWay.release();
    }
  }

  private <T> T written(Joined joined, Session.Work<T> work) throws SQLException {
    Session session = joined.session;
    boolean done = false;
    mine.set(joined);
    try {
      T result = work.in(session);
      Optional<SQLException> hidden = session.failure();
      if (hidden.isPresent()) {
        throw hidden.get(); // the server has given the whole transaction up
      }
      if (closed) {
        throw StoreStates.closed();
      }
      commit(session);
      done = true;
      return result;
    } finally {
      mine.remove();
      if (!done) {
        undo(session);
      }
    }
  }

  private static void commit(Session session) throws SQLException {
    try {
      session.commit();
    } catch (SQLException e) {
      if (PostgresFaults.isDisconnection(e)) {
        throw PostgresFaults.outcomeUnknown(e);
      }
      throw e;
    }
  }

  /** What can't be undone on a broken connection, the server undoes. */
  private static void undo(Session session) {
    try {
      session.rollback();
    } catch (SQLException connectionIsGone) {
      // The pool finds that out when it gets it back.
    }
  }

  private void enter() {
    if (closed || !underWay.tryAcquire()) {
      throw StoreStates.closed();
    }
  }

  private ConnectionException failure(SQLException e) {
    return closed ? StoreStates.closed() : PostgresFaults.translate(e);
  }

  private long end() {
    return System.nanoTime() + patience.time().toNanos();
  }

  private static boolean isFinal(SQLException e, long end) {
    return !PostgresFaults.isDisconnection(e) || System.nanoTime() - end >= 0;
  }

  private Session begin(String account, boolean readOnly) throws SQLException {
    long end = end();
    while (true) {
      Session session = new Session(source.getConnection(), Dialect.POSTGRESQL);
      boolean begun = false;
      try {
        session.begin(readOnly);
        Optional<String> path = session.first(ENTER, row -> row.getString(2), account);
        if (!path.equals(Optional.of(searchPath))) {
          session.first(FIND_TABLES, row -> row.getString(1), searchPath);
        }
        begun = true;
        return session;
      } catch (SQLException e) {
        if (isFinal(e, end)) {
          throw e;
        }
      } finally {
        if (!begun) {
          session.close();
        }
      }
    }
  }

  /** Waits for the others; the thread's own transaction, if it is in one, is undone at its end. */
  @Override
  public void close() {
    closed = true;
    int others = MOST_UNDER_WAY - (joined() ? 1 : 0);
    if (patience.awaits(nanos -> underWay.tryAcquire(others, nanos, TimeUnit.NANOSECONDS))) {
      underWay.release(others);
    }
    release.run();
  }
}
