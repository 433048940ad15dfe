package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.jdbc.ErrorTable;
import dev.connections.mssql.tds.Certificates;
import dev.connections.mssql.tds.Diagnosis;
import dev.connections.mssql.tds.Encryption;
import dev.connections.mssql.tds.LoginAnswer;
import dev.connections.mssql.tds.TdsServer;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each failure that has no number: the type of what was thrown tells it, and nothing else. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExceptionTypesTest {
  /** What this driver never throws, or says by a state as well: the toolkit's own tests have it. */
  private static final Set<String> OF_OTHER_DRIVERS =
      Set.of(
          "java.net.UnknownHostException", // the host's policy says it before
          "java.net.NoRouteToHostException", // depends on the machine
          "java.security.cert.CertificateException", // the adapter's own check is more precise
          "java.sql.SQLTimeoutException", // HY008 says the same
          "java.io.EOFException");

  private enum Case {
    UNKNOWN_AUTHORITY("java.security.cert.CertPathBuilderException", "TLS_UNTRUSTED"),
    EXPIRED("java.security.cert.CertPathValidatorException", "TLS_UNTRUSTED"),
    NO_TLS("javax.net.ssl.SSLException", "TLS_REFUSED"),
    NOBODY_LISTENS("java.net.ConnectException", "CONNECTION_REFUSED"),
    SILENCE("java.net.SocketTimeoutException", "TIMEOUT");

    private final String type;
    private final String code;

    Case(String type, String code) {
      this.type = type;
      this.code = code;
    }

    TdsServer server() {
      TdsServer.Builder builder = TdsServer.builder();
      return switch (this) {
        case UNKNOWN_AUTHORITY ->
            builder.encrypting(Encryption.REQUIRED, Certificates.LOCALHOST).start();
        case EXPIRED -> builder.encrypting(Encryption.REQUIRED, Certificates.EXPIRED).start();
        case NO_TLS ->
            builder
                .speaking("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                .start();
        case NOBODY_LISTENS -> builder.start();
        case SILENCE -> builder.logins(request -> LoginAnswer.silence()).start();
      };
    }

    ConfigurationValues values(TdsServer server) {
      ConfigurationValues plain = Opened.values(server.port());
      return switch (this) {
        case UNKNOWN_AUTHORITY -> plain.with("ssl.enabled", true);
        case EXPIRED ->
            plain.with("ssl.enabled", true).with("ssl.trust_store", Certificates.authorityPem());
        case NO_TLS -> plain.with("ssl.enabled", true).with("ssl.strict", true);
        case NOBODY_LISTENS -> plain.with("port", nobody());
        case SILENCE -> plain.with("advanced.connection_timeout", 1);
      };
    }

    private static int nobody() {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Failure told(ConfigurationValues values, Parts parts) {
    try (Opened opened = Opened.of(values, parts)) {
      return catchThrowableOfType(
              ConnectionException.class, () -> opened.adapter().listSchemas(TestOperation.start()))
          .failure();
    }
  }

  @Test
  void every_type_has_a_case_here_or_is_of_other_drivers() {
    Set<String> here =
        Stream.concat(Stream.of(Case.values()).map(each -> each.type), OF_OTHER_DRIVERS.stream())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(
            ErrorTable.common()
                .lines()
                .filter(line -> line.startsWith("type "))
                .map(Diagnosis::meant))
        .containsExactlyInAnyOrderElementsOf(here);
  }

  @ParameterizedTest
  @EnumSource
  void without_its_row_a_type_would_be_told_otherwise(Case wanted) throws IOException {
    try (TdsServer server = wanted.server()) {
      ConfigurationValues values = wanted.values(server);

      assertThat(told(values, Parts.STANDARD).code().id()).isEqualTo(wanted.code);
      ErrorTable reduced = ErrorTable.parse(Diagnosis.tableWithout("type", wanted.type));
      assertThat(told(values, Parts.STANDARD.with(reduced)).code().id()).isNotEqualTo(wanted.code);
    }
  }
}
