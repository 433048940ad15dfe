package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentences that users of the stored system know, word for word. */
final class StandardFailuresTest {
  @Test
  void an_unreachable_server_is_told_with_host_and_port() {
    Failure failure =
        StandardFailures.unreachable(
            StandardErrorCode.CONNECTION_REFUSED, "SQL Server", "sql-server.example.com", 1433);

    assertThat(failure.message())
        .isEqualTo(
            "Unable to connect to SQL Server at sql-server.example.com:1433."
                + " Please check the server address and firewall settings.");
    assertThat(failure.remedy().orElseThrow())
        .contains("Is the server running")
        .contains("localhost");
  }

  @Test
  void wrong_credentials_are_told_without_saying_which_part_is_wrong() {
    assertThat(StandardFailures.wrongCredentials().message())
        .isEqualTo("Authentication failed. Please verify your username and password.");
  }

  @Test
  void an_unsupported_type_names_the_installed_ones() {
    Failure failure =
        StandardFailures.unsupportedType("Snowflake", List.of("SQL Server", "File system"));

    assertThat(failure.message()).isEqualTo("Unsupported connection type: Snowflake.");
    assertThat(failure.remedy().orElseThrow())
        .contains("Installed types: File system, SQL Server.");
    assertThat(StandardFailures.unsupportedType("X", List.of()).remedy().orElseThrow())
        .contains("No connection type is installed.");
  }

  @ParameterizedTest
  @CsvSource({
    "10000000, 10 million",
    "12345678, 12.3 million",
    "999999, 999999",
    "1000000, 1 million",
    "2500000000, 2.5 billion",
    "9223372036854775807, 9223372 trillion",
    "0, 0"
  })
  void a_large_table_is_told_in_round_numbers(long rows, String words) {
    Notice notice = StandardFailures.largeTable(SchemaName.of("Sales").table("Orders"), rows);

    assertThat(notice.message())
        .isEqualTo(
            "The table 'Sales.Orders' contains "
                + words
                + " rows. Import may take several minutes.");
    assertThat(notice.code()).isEqualTo(NoticeCode.LARGE);
  }

  @Test
  void a_name_that_somebody_asks_for_is_shown_short_and_on_one_line() {
    assertThat(StandardFailures.notFound("table", "Sales.[Ordérs 密🔑]").message())
        .startsWith("The table 'Sales.[Ordérs 密🔑]' doesn't");
    assertThat(StandardFailures.notFound("table", "a\nb\u202ec\u2028d\ud800").message())
        .startsWith("The table 'a?b?c?d?' doesn't");
    assertThat(StandardFailures.notFound("table", "n".repeat(400)).message())
        .contains("'" + "n".repeat(400) + "'");
    assertThat(StandardFailures.notFound("table", "n".repeat(399) + "🔑" + "n".repeat(9)).message())
        .contains("'" + "n".repeat(399) + "…'");
    assertThat(StandardFailures.notFound("schema", "n".repeat(1_000_000)).message())
        .hasSizeLessThan(500);
  }

  @Test
  void the_other_failures_have_a_sentence_and_what_helps() {
    assertThat(StandardFailures.notFound("table", "a.b").message())
        .isEqualTo("The table 'a.b' doesn't exist, or this login may not see it.");
    assertThat(StandardFailures.timedOut("test").code()).isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(StandardFailures.unsupportedFeature("File system", RowPreview.class).message())
        .isEqualTo("File system doesn't offer RowPreview.");
    assertThat(StandardFailures.internal(new IllegalStateException("canary")).message())
        .isEqualTo("An internal error occurred (IllegalStateException).");
  }
}
