package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.databricks.client.jdbc.Driver;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.HttpService;
import dev.connections.jdbc.SqlAccess;
import dev.connections.jdbc.TlsMaterial;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real driver on an encrypted channel. */
@Timeout(180)
class DriverTlsTest {
  @TempDir static Path folder;

  private static DatabricksSimulator workspace;
  private static ThriftCompute compute;
  private static TestAuthority authority;
  private static TestAuthority other;
  private static TestAuthority.Identity client;
  private static ConfigurationValues values;

  @BeforeAll
  static void start() throws GeneralSecurityException {
    authority = new TestAuthority(folder, "authority");
    other = new TestAuthority(folder, "other");
    client = authority.signs("us", "RSA");
    TestAuthority.Identity server =
        authority.signs("workspace", "RSA", "-ext", "SAN=dns:localhost");
    workspace = DatabricksSimulator.start();
    compute =
        ThriftCompute.encrypted(
            workspace,
            TlsMaterial.context(
                true,
                TlsMaterial.certificates(authority.pem()),
                TlsMaterial.certificates(server.certificate()),
                Optional.of(TlsMaterial.key(server.key().toCharArray()))));
    compute.answering(text -> ThriftCompute.Result.of(List.of("a"), List.of(List.of("1"))));
    values =
        Workspaces.values(workspace)
            .with("workspace_url", compute.url())
            .with("compute.warehouse_id", "warehouse-1");
  }

  @AfterAll
  static void close() {
    compute.close();
    workspace.close();
  }

  private static String answer(ConfigurationValues chosen) throws SQLException {
    try (ConnectionAdapter adapter = Workspaces.open(chosen);
        Connection connection =
            adapter.as(SqlAccess.class).orElseThrow().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 AS a")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static ConnectionException refusal(ConfigurationValues chosen) {
    SQLException refused = catchThrowableOfType(SQLException.class, () -> answer(chosen));
    return (ConnectionException) refused.getCause();
  }

  @Test
  void the_driver_trusts_the_certificate_that_was_entered() throws SQLException {
    assertThat(answer(values.with("tls.root_certificate", authority.pem()))).isEqualTo("1");
    assertThat(compute.paths()).isNotEmpty();
  }

  @Test
  void the_driver_trusts_no_other_one() {
    ConfigurationValues trusting = values.with("tls.root_certificate", other.pem());

    assertThat(refusal(trusting).is(StandardErrorCode.TLS_UNTRUSTED)).isTrue();
  }

  /** Our own client refuses such a server first; the driver alone does so too. */
  @Test
  void the_driver_itself_checks_whom_it_talks_to() {
    Configuration configuration =
        DatabricksFields.SPEC.bind(values.with("tls.root_certificate", other.pem()));
    TlsFiles tls = new TlsFiles(configuration);
    try (HttpService service = Workspace.open(configuration, TestAdapterContext.create())) {
      Properties properties =
          new DriverProperties(
                  configuration, ConfiguredCompute.of(configuration, service).orElseThrow())
              .of(
                  new AccessTokens.Held(Secret.of(workspace.token()), Optional.empty()),
                  true,
                  Duration.ofSeconds(60),
                  Duration.ofSeconds(60));
      tls.addTo(properties);
      Path file = Path.of(properties.getProperty("SSLTrustStore"));
      assertThat(file).exists();
      int before = compute.paths().size();

      assertThatThrownBy(
              () ->
                  new Driver()
                      .connect(
                          compute.url().replace("https:", "jdbc:databricks:") + "/default",
                          properties))
          .isInstanceOf(SQLException.class);
      assertThat(compute.paths()).hasSize(before);
      tls.close();
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void the_driver_shows_the_certificate_that_was_entered() throws SQLException {
    ConfigurationValues trusting = values.with("tls.root_certificate", authority.pem());
    answer(trusting);
    assertThat(compute.peers()).isEmpty();

    assertThat(
            answer(
                trusting
                    .with("tls.client_certificate", client.certificate())
                    .with("tls.client_key", Secret.of(client.key()))))
        .isEqualTo("1");
    assertThat(compute.peers()).isNotEmpty().allMatch(name -> name.contains("CN=us"));
  }

  @Test
  void the_key_of_a_certificate_lies_encrypted_in_a_file_that_goes_with_the_adapter()
      throws Exception {
    Configuration configuration =
        DatabricksFields.SPEC.bind(
            values
                .with("tls.client_certificate", client.certificate())
                .with("tls.client_key", Secret.of(client.key())));
    TlsFiles tls = new TlsFiles(configuration);
    Properties properties = new Properties();
    tls.addTo(properties);
    Path file = Path.of(properties.getProperty("SSLKeyStore"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      assertThatThrownBy(() -> store.load(in, "".toCharArray())).isInstanceOf(IOException.class);
    }
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(file))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
    tls.close();
    assertThat(file).doesNotExist();
  }
}
