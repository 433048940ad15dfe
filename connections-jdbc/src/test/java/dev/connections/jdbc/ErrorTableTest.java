package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows that every table begins with: each one counts. */
class ErrorTableTest {
  /** An exception as a driver may throw it, by the type whose row tells what it means. */
  private static final Map<String, Throwable> THROWN =
      Map.of(
          "java.security.cert.CertPathBuilderException", handshake(new CertPathBuilderException()),
          "java.security.cert.CertPathValidatorException",
              handshake(new CertPathValidatorException()),
          "java.security.cert.CertificateException", handshake(new CertificateException()),
          "javax.net.ssl.SSLException", new SQLException("", new SSLHandshakeException("")),
          "java.net.UnknownHostException", new SQLException("", new UnknownHostException()),
          "java.net.NoRouteToHostException", new SQLException("", new NoRouteToHostException()),
          "java.net.ConnectException", new SQLException("", new ConnectException()),
          "java.net.SocketTimeoutException", new SQLException("", new SocketTimeoutException()),
          "java.sql.SQLTimeoutException", new SQLTimeoutException(),
          "java.io.EOFException", new IOException(new EOFException()));

  private static Throwable handshake(Exception cause) {
    return new SQLException("", new SSLHandshakeException("").initCause(cause));
  }

  private static List<String> rows() {
    return ErrorTable.common().lines().filter(line -> line.startsWith("type ")).toList();
  }

  private static String type(String row) {
    return row.split("\\s+", -1)[1];
  }

  static Stream<String> types() {
    return rows().stream().map(ErrorTableTest::type);
  }

  private static String told(String table, Throwable thrown) {
    DatabaseSettings like = ToolkitServer.settings("localhost", 1, 1);
    DatabaseSettings settings =
        new DatabaseSettings(
            "Toolkit",
            "localhost",
            1,
            like.connectTimeout(),
            like.callTimeout(),
            1,
            like.idleTimeout(),
            ErrorTable.parse(table),
            Map.of());
    return new DatabaseFailures(settings).of(thrown).failure().toString();
  }

  @Test
  void every_row_has_an_exception_here() {
    assertThat(types()).containsExactlyInAnyOrderElementsOf(THROWN.keySet());
  }

  @ParameterizedTest
  @MethodSource("types")
  void without_its_row_a_type_would_be_told_otherwise(String type) {
    Throwable thrown = Optional.ofNullable(THROWN.get(type)).orElseThrow();
    String reduced =
        rows().stream().filter(row -> !type(row).equals(type)).collect(Collectors.joining("\n"));

    assertThat(told(reduced, thrown)).isNotEqualTo(told(ErrorTable.common(), thrown));
  }

  @Test
  void a_type_that_does_not_exist_is_refused() {
    assertThatThrownBy(() -> ErrorTable.parse("type java.lang.Nothing TIMEOUT"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("java.lang.Nothing");
  }
}
