package dev.connections.store.jdbc;

import dev.connections.core.TestStatus;
import dev.connections.core.TestSummary;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import dev.connections.core.store.PendingTest;
import dev.connections.core.store.StoreFailures;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows of the table of connections, read and written. */
final class ConnectionRows {
  private static final String SELECT = "SELECT * FROM connections WHERE ";

  /** What a user's change sets, in the order of {@link #set}. */
  private static final List<String> SET =
      List.of(
          "workspace_id",
          "name",
          "name_key",
          "description",
          "search_text",
          "type",
          "type_key",
          "configuration",
          "configuration_format",
          "configuration_version",
          "key_id",
          "active",
          "owner_id",
          "visibility",
          "is_locked",
          "metadata_expiry",
          "created_by",
          "created_at",
          "updated_at",
          "version");

  /** What is recorded besides, in the order of {@link #recorded}. */
  private static final List<String> RECORDED =
      List.of(
          "test_status",
          "last_tested_at",
          "test_message",
          "pending_test",
          "pending_until",
          "import_settings",
          "last_import_at",
          "import_rate",
          "metadata_version");

  private static final String INSERT =
      "INSERT INTO connections (account_id, id, "
          + String.join(", ", SET)
          + ", "
          + String.join(", ", RECORDED)
          + ") VALUES (?, ?"
          + ", ?".repeat(SET.size() + RECORDED.size())
          + ") ON CONFLICT DO NOTHING";

  private static final String REPLACE =
      "UPDATE connections SET "
          + String.join(" = ?, ", SET)
          + " = ?, test_status = CASE WHEN configuration_version = ? THEN test_status ELSE 'untested' END"
          + ", last_tested_at = CASE WHEN configuration_version = ? THEN last_tested_at END"
          + ", test_message = CASE WHEN configuration_version = ? THEN test_message END"
          + ", pending_test = CASE WHEN configuration_version = ? THEN pending_test END"
          + ", pending_until = CASE WHEN configuration_version = ? THEN pending_until END"
          + " WHERE account_id = ? AND id = ? AND version = ?";

  private ConnectionRows() {}

  static Optional<StoredConnection> find(Session session, String account, String id)
      throws SQLException {
    if (id.indexOf('\0') >= 0) {
      return Optional.empty(); // PostgreSQL knows no such text, and no row has it
    }
    return session.first(SELECT + "account_id = ? AND id = ?", ConnectionRows::read, account, id);
  }

  static List<StoredConnection> list(Session session, ListQuery query) throws SQLException {
    return session.list(SELECT + query.where(), query.values(), ConnectionRows::read);
  }

  static void insert(Session session, StoredConnection row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(row.account());
    values.add(row.id());
    values.addAll(set(row));
    values.addAll(recorded(row));
    if (inserted(session, values)) {
      return;
    }
    if (find(session, row.account(), row.id()).isPresent()) {
      throw new IllegalArgumentException("the account has a connection of this id already");
    }
    throw StoreFailures.nameTaken(row.name());
  }

  private static boolean inserted(Session session, List<@Nullable Object> values)
      throws SQLException {
    try {
      return session.update(INSERT, values) == 1;
    } catch (SQLException e) {
      throw KeyedRows.retiredOr(session, e);
    }
  }

  static boolean replace(Session session, StoredConnection row, long expectedVersion)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(set(row));
    for (int i = 0; i < 5; i++) {
      values.add(row.configurationVersion());
    }
    values.add(row.account());
    values.add(row.id());
    values.add(expectedVersion);
    try {
      return session.update(REPLACE, values) == 1;
    } catch (SQLException e) {
      if (session.dialect().isDuplicate(e)) {
        throw StoreFailures.nameTaken(row.name());
      }
      throw KeyedRows.retiredOr(session, e);
    }
  }

  private static List<@Nullable Object> set(StoredConnection row) {
    List<@Nullable Object> values = new ArrayList<>(SET.size());
    values.add(row.workspace().orElse(null));
    values.add(row.name());
    values.add(row.nameKey());
    values.add(row.description().orElse(null));
    values.add(row.searchText());
    values.add(row.type());
    values.add(row.typeKey());
    values.add(row.configuration().json());
    values.add(row.configuration().specVersion());
    values.add(row.configurationVersion());
    values.add(key(row.configuration().keyId()));
    values.add(row.active());
    values.add(row.ownership().owner());
    values.add(row.ownership().visibility().stored());
    values.add(row.ownership().locked());
    values.add(row.metadataExpiry().map(Duration::toSeconds).orElse(null));
    values.add(row.createdBy());
    values.add(StoredTime.text(row.createdAt()));
    values.add(StoredTime.text(row.updatedAt()));
    values.add(row.version());
    return values;
  }

  private static List<@Nullable Object> recorded(StoredConnection row) {
    List<@Nullable Object> values = new ArrayList<>(RECORDED.size());
    values.add(row.test().status().stored());
    values.add(StoredTime.text(row.test().at()));
    values.add(row.test().message().orElse(null));
    values.add(row.pending().map(PendingTest::run).orElse(null));
    values.add(StoredTime.text(row.pending().map(PendingTest::until)));
    values.add(row.importSettings().orElse(null));
    values.add(StoredTime.text(row.lastImport()));
    values.add(row.importRate().isPresent() ? row.importRate().getAsDouble() : null);
    values.add(row.metadataVersion());
    return values;
  }

  private static StoredConnection read(ResultSet row) throws SQLException {
    Ownership ownership =
        new Ownership(
            row.getString("account_id"),
            text(row, "workspace_id"),
            row.getString("owner_id"),
            Visibility.ofStored(row.getString("visibility")).orElseThrow(StoreStates::damaged),
            row.getBoolean("is_locked"));
    return StoredConnection.builder(
            row.getString("id"),
            ownership,
            row.getString("name"),
            row.getString("type"),
            new StoredConfiguration(
                row.getInt("configuration_format"), row.getString("configuration"), key(row)))
        .description(text(row, "description"))
        .active(row.getBoolean("active"))
        .test(test(row))
        .pending(pending(row))
        .importSettings(text(row, "import_settings"))
        .lastImport(StoredTime.of(row.getString("last_import_at")))
        .importRate(rate(row))
        .metadataExpiry(expiry(row))
        .metadataVersion(row.getLong("metadata_version"))
        .created(row.getString("created_by"), StoredTime.parse(row.getString("created_at")))
        .changed(
            StoredTime.parse(row.getString("updated_at")),
            row.getLong("version"),
            row.getLong("configuration_version"))
        .build();
  }

  private static @Nullable Long key(OptionalLong id) {
    return id.isPresent() ? id.getAsLong() : null;
  }

  private static OptionalLong key(ResultSet row) throws SQLException {
    long id = row.getLong("key_id");
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
  }

  private static Optional<Duration> expiry(ResultSet row) throws SQLException {
    long seconds = row.getLong("metadata_expiry");
    return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private static OptionalDouble rate(ResultSet row) throws SQLException {
    double rate = row.getDouble("import_rate");
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }

  private static TestSummary test(ResultSet row) throws SQLException {
    return new TestSummary(
        TestStatus.ofStored(row.getString("test_status")).orElseThrow(StoreStates::damaged),
        StoredTime.of(row.getString("last_tested_at")),
        text(row, "test_message"));
  }

  private static Optional<PendingTest> pending(ResultSet row) throws SQLException {
    Optional<String> run = text(row, "pending_test");
    return run.isEmpty()
        ? Optional.empty()
        : Optional.of(new PendingTest(run.get(), StoredTime.parse(row.getString("pending_until"))));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
