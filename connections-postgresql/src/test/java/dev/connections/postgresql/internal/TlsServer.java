package dev.connections.postgresql.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.testkit.TestAuthority;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A PostgreSQL that encrypts, and lets users other than its administrator in on no other terms. */
final class TlsServer implements AutoCloseable {
  /** Signs in with a certificate alone. */
  static final String CERTIFIED = "certified";

  private final EmbeddedPostgres server;

  TlsServer(
      Path parent, TestAuthority.Identity identity, String clientAuthority, String newestVersion)
      throws IOException, SQLException {
    Path directory = Files.createTempDirectory(parent, "server");
    Path certificate = Files.writeString(directory.resolve("server.crt"), identity.certificate());
    Path key =
        Files.createFile(
            directory.resolve("server.key"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, identity.key());
    Path authority = Files.writeString(directory.resolve("clients.crt"), clientAuthority);
    Path rules =
        Files.write(
            directory.resolve("rules.conf"),
            List.of(
                "local all postgres trust",
                "host all postgres all trust",
                "hostssl all " + CERTIFIED + " all cert",
                "hostssl all " + PostgresServer.READER + " all scram-sha-256"));
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificate.toString())
            .setServerConfig("ssl_key_file", key.toString())
            .setServerConfig("ssl_ca_file", authority.toString())
            .setServerConfig("ssl_max_protocol_version", newestVersion)
            .setServerConfig("hba_file", rules.toString())
            .start();
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute(
          "create role "
              + PostgresServer.READER
              + " login password '"
              + PostgresServer.PASSWORD
              + "'");
      statement.execute("create role " + CERTIFIED + " login");
    }
  }

  /** How the reader signs in here, in a mode of encryption. */
  ConfigurationValues values(String mode) {
    return PostgresServer.values("postgres", server.getPort()).with("ssl.mode", mode);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
