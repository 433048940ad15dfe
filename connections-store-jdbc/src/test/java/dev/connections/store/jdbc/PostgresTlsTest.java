package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Secret;
import dev.connections.testkit.TestAuthority;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that encrypts, with a certificate for the name localhost and no address. */
@Timeout(180)
final class PostgresTlsTest {
  private static final String DATABASE = "postgres";

  @TempDir private static Path directory;
  private static Path authority;
  private static Path stranger;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException, SQLException {
    TestAuthority signer = new TestAuthority(directory, "authority");
    authority = Files.writeString(directory.resolve("authority.pem"), signer.pem());
    stranger =
        Files.writeString(
            directory.resolve("stranger.pem"), new TestAuthority(directory, "stranger").pem());
    TestAuthority.Identity identity = signer.signs("database", "RSA", "-ext", "SAN=dns:localhost");
    Path certificate = Files.writeString(directory.resolve("server.crt"), identity.certificate());
    Path key =
        Files.createFile(
            directory.resolve("server.key"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, identity.key());
    Path data = directory.resolve("data");
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificate.toString())
            .setServerConfig("ssl_key_file", key.toString())
            .start();
    PostgresServer.prepare(server, data);
    PostgresServer.migrated(server, DATABASE);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  /** As a host gives them who says nothing about encryption. */
  private static PostgresStoreSettings.Builder settings(String host) {
    return PostgresStoreSettings.of(
            host, DATABASE, PostgresServer.APP, Secret.of(PostgresServer.PASSWORD))
        .port(server.getPort())
        .poolSize(1);
  }

  /** The versions of the protocol that the role's connections speak; "none" where in clear. */
  private static String spoken() throws SQLException {
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement();
        ResultSet versions =
            statement.executeQuery(
                "SELECT string_agg(DISTINCT coalesce(s.version, 'none'), ' ')"
                    + " FROM pg_stat_activity JOIN pg_stat_ssl s USING (pid) WHERE usename = '"
                    + PostgresServer.APP
                    + "'")) {
      versions.next();
      return versions.getString(1);
    }
  }

  private static void assertRefused(PostgresStoreSettings settings) {
    assertThat(
            Rows.failing(() -> PostgresStore.at(settings), StoreErrorCode.STORE_UNREACHABLE)
                .failure()
                .toString())
        .doesNotContain(PostgresServer.PASSWORD);
  }

  @Test
  void a_server_whose_authority_is_trusted_is_spoken_to_in_cipher() throws SQLException {
    try (PostgresStore store =
        PostgresStore.at(settings("localhost").rootCertificates(authority).build())) {
      store.insert(Rows.row("acme", "Sales"));
      assertThat(spoken()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void a_server_of_another_authority_is_not_trusted() {
    assertRefused(settings("localhost").rootCertificates(stranger).build());
  }

  @Test
  void without_a_file_the_authorities_of_java_count() {
    assertRefused(settings("localhost").build());
  }

  @Test
  void a_certificate_for_another_name_is_not_trusted() {
    assertRefused(settings("127.0.0.1").rootCertificates(authority).build());
  }

  @Test
  void a_file_of_authorities_that_is_not_there_is_told_without_going_on_in_clear() {
    assertRefused(settings("localhost").rootCertificates(directory.resolve("none")).build());
  }

  @Test
  void unencrypted_means_in_clear() throws SQLException {
    try (PostgresStore store = PostgresStore.at(settings("localhost").unencrypted().build())) {
      store.insert(Rows.row("other", "Sales"));
      assertThat(spoken()).isEqualTo("none");
    }
  }
}
