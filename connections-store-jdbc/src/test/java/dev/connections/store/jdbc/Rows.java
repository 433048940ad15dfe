package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Role;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Rows to store, and a way round the store to its file. */
final class Rows {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456789Z");
  static final Actor ADMIN = Actor.of("acme", "root", Role.ADMIN);

  private Rows() {}

  static StoredConnection row(String account, String name) {
    return StoredConnection.builder(
            UUID.nameUUIDFromBytes((account + "/" + name).getBytes()).toString(),
            Ownership.startingWith(Actor.of(account, "ada", Role.MEMBER)),
            name,
            "MSSQL",
            new StoredConfiguration(1, "{\"server\":\"s\"}"))
        .created("ada", NOON)
        .build();
  }

  static ConnectionException failing(ThrowingCallable call, ErrorCode code) {
    ConnectionException thrown = catchThrowableOfType(ConnectionException.class, call);
    assertThat(thrown).as("fails with %s", code.id()).isNotNull();
    assertThat(thrown.code().id()).as(thrown.getMessage()).isEqualTo(code.id());
    assertThat(thrown.failure().remedy()).isPresent();
    return thrown;
  }

  /** What an administrator with a tool of his own does. */
  static void byHand(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
