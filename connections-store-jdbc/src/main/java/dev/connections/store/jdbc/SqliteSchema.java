package dev.connections.store.jdbc;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The form of a store's tables. Its version is SQLite's user_version, which each script sets in the
 * transaction that it runs in.
 */
final class SqliteSchema {
  /** What a file of ours says it is. */
  static final long APPLICATION = 1_131_376_238;

  private static final List<String> SCRIPTS =
      List.of(
          "V1__connections.sql",
          "V2__audit_log.sql",
          "V3__keys.sql",
          "V4__snapshots.sql",
          "V5__tokens.sql",
          "V6__metadata_cache.sql",
          "V7__run_history.sql",
          "V8__audit_cuts.sql",
          "V9__quota_counters.sql",
          "V10__fewer_indexes_and_listings.sql",
          "V11__pending_tests.sql");
  static final int NEWEST = SCRIPTS.size();

  private SqliteSchema() {}

  /** Brings the file to the newest version; refuses what isn't a store, or a newer one. */
  static void migrate(SqliteFile file) {
    long version = version(file);
    claim(file);
    if (version == NEWEST) {
      return;
    }
    if (version > 0) {
      SqliteBackup.replacing(file, copyBefore(file, version));
    }
    migrate(file, NEWEST);
  }

  /** Makes the file say whose it is, before anything is in it: it may be killed at any time. */
  private static void claim(SqliteFile file) {
    try (Session session = file.open()) {
      if (session.number("PRAGMA application_id", List.of()) != APPLICATION) {
        session.run("PRAGMA application_id = " + APPLICATION);
      }
    } catch (SQLException e) {
      throw SqliteFaults.translate(e);
    }
  }

  /** Where the copy of an older version lies. */
  static Path copyBefore(SqliteFile file, long version) {
    return file.path().resolveSibling(file.path().getFileName() + ".version-" + version);
  }

  static void migrate(SqliteFile file, int target) {
    try {
      Flyway.configure(SqliteSchema.class.getClassLoader())
          .dataSource(file.source())
          .resourceProvider(new MigrationScripts("db/connections-store/sqlite", SCRIPTS))
          .javaMigrationClassProvider(List::of)
          .skipDefaultCallbacks(true)
          .loggers("slf4j")
          .table("schema_history")
          .placeholderReplacement(false)
          .group(true) // all scripts or none
          .target(Integer.toString(target))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw failed();
    }
    if (version(file) != target) {
      throw failed();
    }
  }

  private static ConnectionException failed() {
    return Failure.of(
            StoreErrorCode.MIGRATION_FAILED,
            "The file of the connection store couldn't be brought to the form of this version; it"
                + " is as it was before.")
        .withRemedy(
            "Go on with the former version of the library, and look for tables in the file that"
                + " aren't the library's.")
        .asException();
  }

  static long version(SqliteFile file) {
    try (Session session = file.openToRead()) {
      long version = session.number("PRAGMA user_version", List.of());
      if (session.number("PRAGMA application_id", List.of()) != APPLICATION
          && (version != 0
              || session.number("SELECT count(*) FROM sqlite_master", List.of()) != 0)) {
        throw SqliteFaults.notAStore().asException();
      }
      if (version > NEWEST) {
        throw tooNew(version);
      }
      return version;
    } catch (SQLException e) {
      throw SqliteFaults.translate(e);
    }
  }

  private static ConnectionException tooNew(long version) {
    return Failure.of(
            StoreErrorCode.STORE_TOO_NEW,
            "The file of the connection store has version "
                + version
                + ", and this version of the library knows versions up to "
                + NEWEST
                + ".")
        .withRemedy("Update the library, or open a backup made before the file was migrated.")
        .asException();
  }
}
