package dev.connections.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.connections.api.Failure;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Keeps connections, their keyset and an audit log in a PostgreSQL database, for many nodes of an
 * application at once. What a call has written is on the server's disk when the call returns, and
 * is there whole or not at all.
 *
 * <p>The database keeps accounts apart as well: row-level security shows each transaction the rows
 * of one account. So two roles are needed: an owner that makes the tables, and one for the
 * application, which may only read and write rows. The SQL that makes both is in the documentation.
 *
 * <p>What another node wrote is seen by {@link #find} a {@linkplain
 * PostgresStoreSettings.Builder#rowAge short time} later at most, and by all other methods at once.
 * A call waits for a connection, a lock and a statement as long as the {@linkplain
 * PostgresStoreSettings.Builder#patience settings} say, then it fails with {@link
 * StoreErrorCode#STORE_BUSY} or {@link StoreErrorCode#STORE_UNREACHABLE}. If the connection breaks
 * while a change is being kept, the call fails with {@link StoreErrorCode#OUTCOME_UNKNOWN}; any
 * other failure means that nothing was changed. Work of {@link #atomically} reaches rows of its own
 * account only.
 *
 * <p>Needs {@code org.postgresql:postgresql}, {@code com.zaxxer:HikariCP} and, to migrate, {@code
 * org.flywaydb:flyway-database-postgresql}, which a host adds itself.
 *
 * <p>Safe for any thread.
 */
public final class PostgresStore extends DatabaseStore {
  private static final String DRIVER = "org.postgresql.ds.PGSimpleDataSource";
  private static final String POOL = "com.zaxxer.hikari.HikariDataSource";
  private static final String MIGRATION = "org.flywaydb.database.postgresql.PostgreSQLDatabaseType";

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration AGE = Duration.ofMillis(50);

  private PostgresStore(Transactions transactions, RecentRows recent) {
    super(transactions, recent);
  }

  /**
   * {@return the store in a database} Its tables are made, or brought to the present form, if the
   * settings name their owner.
   *
   * @param settings where it is
   * @throws dev.connections.api.ConnectionException with a {@link StoreErrorCode}: {@link
   *     StoreErrorCode#STORE_UNREACHABLE}, {@link StoreErrorCode#STORE_REFUSED}, {@link
   *     StoreErrorCode#STORE_BUSY}, {@link StoreErrorCode#STORE_TOO_NEW}, {@link
   *     StoreErrorCode#STORE_NOT_MIGRATED}, {@link StoreErrorCode#MIGRATION_FAILED}, {@link
   *     StoreErrorCode#ROLE_TOO_POWERFUL}, {@link StoreErrorCode#STORE_EXPOSED}, {@link
   *     StoreErrorCode#STORE_INACCESSIBLE} or {@link StoreErrorCode#DRIVER_MISSING}
   */
  public static PostgresStore at(PostgresStoreSettings settings) {
    need(DRIVER, "org.postgresql:postgresql");
    need(POOL, "com.zaxxer:HikariCP");
    settings
        .owner()
        .ifPresent(
            owner ->
                migrate(
                    PostgresPool.source(settings, owner),
                    settings.schema(),
                    settings.user().role()));
    HikariDataSource pool = PostgresPool.open(settings);
    return open(
        pool,
        settings.schema(),
        new Patience(settings.patience()),
        new RowAge(settings.rowAge()),
        pool::close);
  }

  /**
   * {@return the store in a database that a host's own pool leads to} The tables must be there in
   * this version's form: see {@link #migrate}. A connection is taken for each transaction, and
   * given back as it was but for its modes of committing and of reading only; the pool stays open
   * when the store is closed. Its waits are the host's to bound.
   *
   * @param pool gives connections of a role that may only read and write rows
   * @param schema in which the tables lie
   * @throws dev.connections.api.ConnectionException as {@link #at} does
   */
  public static PostgresStore over(DataSource pool, String schema) {
    need(DRIVER, "org.postgresql:postgresql");
    return open(pool, schema, new Patience(WAIT), new RowAge(AGE), () -> {});
  }

  /**
   * Makes the tables, or brings them to the form of this version: all of that is done, or nothing.
   * For hosts that don't give the owner to the settings, such as from a step of their deployment.
   *
   * @param owner gives connections of the role that owns the tables; it must be able to make the
   *     schema, or tables in it
   * @param schema in which the tables lie
   * @param appRole the role as which the application reads and writes rows; it gets the rights it
   *     needs
   * @throws dev.connections.api.ConnectionException with {@link StoreErrorCode#MIGRATION_FAILED},
   *     {@link StoreErrorCode#STORE_TOO_NEW}, {@link StoreErrorCode#STORE_UNREACHABLE}, {@link
   *     StoreErrorCode#STORE_REFUSED} or {@link StoreErrorCode#DRIVER_MISSING}
   */
  public static void migrate(DataSource owner, String schema, String appRole) {
    need(DRIVER, "org.postgresql:postgresql");
    need(MIGRATION, "org.flywaydb:flyway-database-postgresql");
    PostgresSchema.migrate(owner, schema, appRole);
  }

  private static PostgresStore open(
      DataSource source, String schema, Patience patience, RowAge age, Runnable release) {
    boolean opened = false;
    try {
      PostgresSchema.check(source, schema);
      RecentRows recent = new RecentRows(age, patience);
      Transactions transactions =
          new PostgresTransactions(source, schema, patience, recent::changed, release);
      opened = true;
      return new PostgresStore(transactions, recent);
    } finally {
      if (!opened) {
        release.run();
      }
    }
  }

  private static void need(String type, String library) {
    try {
      Class.forName(type, false, PostgresStore.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError missing) {
      throw Failure.of(
              StoreErrorCode.DRIVER_MISSING,
              "A library that the connection store on PostgreSQL needs isn't there: "
                  + library
                  + ".")
          .withRemedy("Add " + library + " to the application.")
          .asException(missing);
    }
  }
}
