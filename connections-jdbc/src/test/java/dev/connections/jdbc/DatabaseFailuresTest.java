package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseFailuresTest {
  private static final String FOREIGN = "foreign text with s3cret-word";

  private final DatabaseFailures failures =
      new DatabaseFailures(ToolkitServer.settings("db.example.com", 1433, 1));

  static Stream<Arguments> thrown() {
    SQLException next = new SQLException(FOREIGN, "99999", 0);
    next.setNextException(new SQLException(FOREIGN, "S0001", 18456));
    return Stream.of(
        Arguments.of(new SQLException(FOREIGN, "28P01"), StandardErrorCode.WRONG_CREDENTIALS),
        Arguments.of(new SQLException(FOREIGN, "57014"), StandardErrorCode.TIMEOUT),
        Arguments.of(new SQLException(FOREIGN, "57999"), StandardErrorCode.UNAVAILABLE),
        Arguments.of(next, StandardErrorCode.WRONG_CREDENTIALS),
        // A number with its state tells more than the number alone.
        Arguments.of(new SQLException(FOREIGN, "S0007", 18456), StandardErrorCode.ACCOUNT_LOCKED),
        // The number tells more than the state.
        Arguments.of(new SQLException(FOREIGN, "08S01", 4060), DatabaseErrorCode.UNKNOWN_DATABASE),
        Arguments.of(caused(new ConnectException(FOREIGN)), StandardErrorCode.CONNECTION_REFUSED),
        Arguments.of(caused(new UnknownHostException(FOREIGN)), StandardErrorCode.UNKNOWN_HOST),
        Arguments.of(caused(new SocketTimeoutException(FOREIGN)), StandardErrorCode.TIMEOUT),
        Arguments.of(new SQLTimeoutException(FOREIGN), StandardErrorCode.TIMEOUT),
        Arguments.of(caused(new EOFException(FOREIGN)), StandardErrorCode.CONNECTION_LOST),
        Arguments.of(caused(new SSLHandshakeException(FOREIGN)), StandardErrorCode.TLS_REFUSED),
        Arguments.of(
            caused(new SSLHandshakeException(FOREIGN).initCause(new CertPathBuilderException())),
            StandardErrorCode.TLS_UNTRUSTED),
        Arguments.of(
            caused(new SSLHandshakeException(FOREIGN).initCause(new CertificateException())),
            StandardErrorCode.TLS_HOST_MISMATCH),
        Arguments.of(new SQLException(FOREIGN, "ZZ000"), DatabaseErrorCode.UNKNOWN_ERROR),
        Arguments.of(new SQLException(FOREIGN, "S0001", 12345), DatabaseErrorCode.UNKNOWN_ERROR),
        Arguments.of(new SQLException(FOREIGN), DatabaseErrorCode.UNKNOWN_ERROR),
        Arguments.of(
            new SQLException(FOREIGN, "ZZ000", new IOException(FOREIGN)),
            StandardErrorCode.UNAVAILABLE),
        Arguments.of(
            new SQLRecoverableException(FOREIGN, "ZZ000"), StandardErrorCode.CONNECTION_LOST),
        Arguments.of(new SQLTransientException(FOREIGN, "ZZ000"), StandardErrorCode.UNAVAILABLE),
        Arguments.of(
            caused(StandardFailures.notFound("table", "t").asException()),
            StandardErrorCode.NOT_FOUND),
        Arguments.of(new IllegalStateException(FOREIGN), StandardErrorCode.INTERNAL));
  }

  private static SQLException caused(Throwable cause) {
    return new SQLException(FOREIGN, "08001", cause);
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void a_driver_exception_is_classified_and_its_text_dropped(Throwable thrown, ErrorCode code) {
    ConnectionException precise = failures.of(thrown);

    assertThat(precise.code().id()).isEqualTo(code.id());
    assertThat(precise.failure().toString()).doesNotContain("s3cret-word");
    assertThat(precise).hasMessageNotContaining("s3cret-word");
  }

  @Test
  void a_code_that_nobody_knows_is_not_repeated_and_says_where_to_look() {
    Failure failure = failures.of(new SQLException(FOREIGN, "ZZ000", 12345)).failure();

    assertThat(failure.code().transientFailure()).isFalse();
    assertThat(failure.vendorCode()).contains("12345");
    assertThat(failure.remedy().orElseThrow()).contains("documentation").contains("log");
  }

  @Test
  void a_driver_that_stumbles_over_what_it_reads_is_no_defect_of_ours() {
    IllegalStateException thrown = new IllegalStateException(FOREIGN);
    StackTraceElement ours = thrown.getStackTrace()[0];
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.lang.System", "arraycopy", "System.java", 1),
          new StackTraceElement("org.example.driver.Reader", "read", "Reader.java", 1),
          ours
        });

    assertThat(failures.of(thrown).code()).isEqualTo(StandardErrorCode.MALFORMED_DATA);
    assertThat(failures.of(thrown)).hasMessageNotContaining("s3cret-word");
  }

  @Test
  void every_code_has_a_sentence_and_a_remedy() {
    Stream.concat(Stream.of(DatabaseErrorCode.values()), Stream.of(StandardErrorCode.values()))
        .forEach(
            code -> {
              Failure failure = failures.of((ErrorCode) code);
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.message()).endsWith(".");
              if (code != StandardErrorCode.CANCELLED) {
                assertThat(failure.remedy()).as(failure.toString()).isPresent();
              }
            });
  }

  @Test
  void a_malformed_table_is_refused() {
    for (String resource : new String[] {"malformed", "unknown", "missing"}) {
      assertThatThrownBy(
              () ->
                  ErrorTable.read(
                      DatabaseFailuresTest.class, "/sql-queries/toolkit/" + resource + ".txt"))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(
            () ->
                CatalogQuery.read(DatabaseFailuresTest.class, "toolkit", "numbers")
                    .with("nowhere", "true"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
