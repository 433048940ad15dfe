package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.testkit.TestAuthority;
import dev.connections.testkit.TestOperation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways of signing in that need more than the driver, and that isn't here. */
class OptionalLibrariesTest {
  private static SmallShop shop;

  @BeforeAll
  static void a_server() {
    shop = new SmallShop();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  private static Failure failureOf(ConfigurationValues values) {
    try (Opened opened = Opened.of(values)) {
      TestResult result = opened.adapter().test(TestOperation.start());
      TestResult.Step failed =
          result.steps().stream()
              .filter(step -> step.status() == TestResult.Status.FAILED)
              .findFirst()
              .orElseThrow();
      assertThat(failed.id()).isEqualTo("authenticate");
      return failed.failure().orElseThrow();
    }
  }

  @Test
  void a_missing_native_library_is_named() {
    Failure failure =
        failureOf(
            shop.values()
                .with("authentication.type", "windows_auth")
                .with("authentication.scheme", "native"));

    assertThat(failure.code()).isEqualTo(StandardErrorCode.UNSUPPORTED);
    assertThat(failure.message()).contains("mssql-jdbc_auth");
    assertThat(failure.fields()).contains("authentication.scheme");
  }

  @Test
  void kerberos_without_a_ticket_says_so() {
    Failure failure = failureOf(shop.values().with("authentication.type", "windows_auth"));

    assertThat(failure.code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
    assertThat(failure.message()).isEqualTo("Kerberos gave no ticket for this server.");
  }

  @Test
  void a_client_certificate_lies_in_a_file_only_while_it_is_shown(@TempDir Path directory)
      throws Exception {
    TestAuthority.Identity identity =
        new TestAuthority(directory, "authority").signs("reader", "EC");
    Configuration configuration =
        MssqlFields.SPEC.bind(
            shop.values()
                .with("ssl.enabled", true)
                .with("ssl.client_certificate", identity.certificate())
                .with("ssl.client_key", identity.key()));
    Properties properties = new Properties();
    Path file;
    try (ClientCertificate shown = ClientCertificate.of(configuration)) {
      shown.addTo(properties);
      file = Path.of(properties.getProperty("clientCertificate"));
      char[] password = properties.getProperty("clientKeyPassword").toCharArray();
      assertThat(KeyStore.getInstance(file.toFile(), password).getKey("client", password))
          .isNotNull();
      assertThat(Files.getPosixFilePermissions(file))
          .containsExactlyInAnyOrder(
              java.nio.file.attribute.PosixFilePermission.OWNER_READ,
              java.nio.file.attribute.PosixFilePermission.OWNER_WRITE);
    }
    assertThat(file).doesNotExist();
  }
}
