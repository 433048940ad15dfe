package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.PermissionMatrix;
import dev.connections.api.PermissionMatrix.Verdict;
import dev.connections.api.PermissionReport;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.jdbc.SqlAccess;
import dev.connections.mssql.tds.Answer;
import dev.connections.mssql.tds.Column;
import dev.connections.mssql.tds.ColumnType;
import dev.connections.mssql.tds.Query;
import dev.connections.mssql.tds.ScriptedAnswers;
import dev.connections.mssql.tds.ServerError;
import dev.connections.testkit.TestOperation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test of a connection, through the real driver. */
class CheckingTest {
  private SmallShop shop = new SmallShop();

  @AfterEach
  void close() {
    shop.close();
  }

  private TestResult test(ConfigurationValues values) {
    try (Opened opened = Opened.of(values)) {
      return opened.adapter().test(TestOperation.start());
    }
  }

  private static TestResult.Step step(TestResult result, String id) {
    return result.steps().stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void the_steps_come_in_their_order_and_the_server_is_told() {
    TestResult result = test(shop.values());

    assertThat(result.steps())
        .extracting(TestResult.Step::id)
        .containsExactly("resolve", "connect", "authenticate", "database", "authorize", "read");
    assertThat(result.steps()).allMatch(step -> step.status() == TestResult.Status.PASSED);
    ServerInfo server = result.server().orElseThrow();
    assertThat(server.product()).isEqualTo("SQL Server");
    assertThat(server.version()).contains("16.0.4135.4");
    assertThat(server.details())
        .containsEntry("edition", "Developer Edition (64-bit)")
        .containsEntry("database", "shop")
        .containsEntry("login", "reader")
        .containsEntry("time_zone", "Z")
        .containsEntry("read_only", "false");
    assertThat(Math.abs(Long.parseLong(server.details().get("clock_difference_seconds"))))
        .isLessThan(120);
  }

  @Test
  void the_test_costs_as_many_statements_on_many_tables_as_on_few() {
    test(shop.values());
    int few = shop.server().queries().size();
    shop.catalog.many(1, 3_000);
    test(shop.values());

    assertThat(shop.server().queries()).hasSize(2 * few);
  }

  /** Whatever the size: of a view that grows with the database, a part is asked for. */
  @Test
  void the_test_asks_for_a_part_of_what_grows_with_the_database_and_never_for_all() {
    shop.catalog.set("databases", "is_cdc_enabled = 1", "1 = 1");
    test(relyingOn("sales.customers"));
    test(relyingOn());

    Pattern grows =
        Pattern.compile(
            "\\b(?:sys\\.(?!databases|database_service_objectives)|cdc\\.)\\w+",
            Pattern.CASE_INSENSITIVE);
    List<String> large =
        shop.server().queries().stream()
            .map(Query::text)
            .filter(text -> grows.matcher(text).find())
            .toList();
    assertThat(large)
        .hasSizeGreaterThan(2)
        .allMatch(text -> text.matches("(?s).*select top (1|500|1000) .*"))
        .as("a property of all tables that no index knows")
        .noneMatch(text -> text.contains("is_tracked_by_cdc") && !text.contains("t.name in ("));
  }

  @Test
  void a_login_that_sees_no_table_is_warned() {
    shop.catalog.run("delete from sys.tables");

    TestResult.Step authorize = step(test(shop.values()), "authorize");

    assertThat(authorize.status()).isEqualTo(TestResult.Status.WARNING);
    assertThat(authorize.failure().flatMap(Failure::remedy))
        .contains("Run in the database: GRANT VIEW DEFINITION TO [reader]]s];");
  }

  @Test
  void a_login_that_may_not_see_all_is_warned() {
    SysCatalog.lacking("shop VIEW DEFINITION");

    TestResult.Step authorize = step(test(shop.values()), "authorize");

    assertThat(authorize.status()).isEqualTo(TestResult.Status.WARNING);
    assertThat(authorize.detail()).contains("41 tables");
  }

  @Test
  void a_server_that_lacks_a_function_is_told_as_far_as_it_is_known() {
    shop.close();
    shop =
        new SmallShop(
            Duration.ZERO,
            answers ->
                ScriptedAnswers.over(answers)
                    .when("serverproperty", query -> Answer.refused(ServerError.of(195)))
                    .when("has_perms_by_name", query -> Answer.refused(ServerError.of(195))));

    TestResult result = test(shop.values());

    assertThat(result.steps()).allMatch(step -> step.status() == TestResult.Status.PASSED);
    assertThat(result.server().orElseThrow().version()).isPresent();
  }

  private static Answer texts(Object... values) {
    return Answer.rows(
        Stream.of(values)
            .map(
                value ->
                    Column.of(
                        "", value instanceof Integer ? ColumnType.INT : ColumnType.nvarchar(200)))
            .toList(),
        new Object[][] {values});
  }

  @Test
  void a_database_of_azure_tells_its_service_objective_and_its_pool() {
    Answer azure =
        texts("12.0.2000.8", "SQL Azure", 5, "shop", "reader", 0, 0, "READ_WRITE", "ElasticPool");
    shop.close();
    shop =
        new SmallShop(
            Duration.ZERO,
            answers ->
                ScriptedAnswers.over(answers)
                    .when("serverproperty", query -> azure)
                    .when("database_service_objectives", query -> texts("pool1")));

    ServerInfo server = test(shop.values()).server().orElseThrow();

    assertThat(server.product()).isEqualTo("Azure SQL Database");
    assertThat(server.details())
        .containsEntry("service_objective", "ElasticPool")
        .containsEntry("elastic_pool", "pool1");
  }

  private ConfigurationValues relyingOn(String... tables) {
    return shop.values().with("cdc.enabled", true).with("cdc.tracking_tables", List.of(tables));
  }

  @Test
  void change_data_capture_must_be_enabled_where_it_is_relied_on() {
    TestResult.Step step = step(test(relyingOn("sales.customers")), "cdc");

    assertThat(step.status()).isEqualTo(TestResult.Status.FAILED);
    assertThat(step.failure().orElseThrow().code().id())
        .isEqualTo(StandardErrorCode.UNSUPPORTED.id());
    assertThat(step.failure().orElseThrow().fields()).contains("cdc.enabled");
  }

  @Test
  void each_table_that_is_relied_on_must_be_captured_and_others_are_offered() {
    shop.catalog.set("databases", "is_cdc_enabled = 1", "1 = 1");
    shop.catalog.set("tables", "is_tracked_by_cdc = 1", "name = 'customers'");
    shop.catalog.run(
        "insert into cdc.change_tables select 900, object_id, 'sales_customers' from sys.tables"
            + " where name = 'customers'");

    assertThat(step(test(relyingOn("sales.customers")), "cdc").status())
        .isEqualTo(TestResult.Status.PASSED);
    assertThat(step(test(relyingOn()), "cdc").status()).isEqualTo(TestResult.Status.WARNING);
    TestResult.Step missing = step(test(relyingOn("sales.customers", "sales.names")), "cdc");
    assertThat(missing.status()).isEqualTo(TestResult.Status.FAILED);
    assertThat(missing.failure().orElseThrow().message())
        .isEqualTo("The changes of sales.names aren't captured.");
    assertThat(missing.failure().orElseThrow().remedy().orElseThrow())
        .contains("choose among sales.customers");
    assertThat(missing.detail()).contains("1 of 2 tables captured");
  }

  @Test
  void a_list_of_tables_says_whose_changes_could_be_relied_on() {
    shop.catalog.set("tables", "is_tracked_by_cdc = 1", "name = 'customers'");
    TableQuery query = TableQuery.of(SchemaName.of("sales"));
    try (Opened relying = Opened.of(relyingOn());
        Opened other = Opened.of(shop.values())) {
      assertThat(relying.adapter().listTables(query, TestOperation.start()).notices())
          .extracting(Notice::message)
          .containsExactly("The changes of these tables are captured: sales.customers.");
      assertThat(other.adapter().listTables(query, TestOperation.start()).notices()).isEmpty();
    }
  }

  /**
   * Of more tables, two more connections are opened: to greet, to sign in, to set the isolation.
   */
  @Test
  void an_import_of_a_thousand_tables_waits_for_the_server_as_seldom_as_one_of_forty() {
    int few = roundTripsOfAnImport();
    shop.catalog.many(1, 900);
    assertThat(roundTripsOfAnImport()).isEqualTo(few);
    shop.catalog.many(1, 100);

    // With 20 ms for each, that is at most 0.5 s.
    assertThat(roundTripsOfAnImport()).isEqualTo(few + 2 * 3).isLessThanOrEqualTo(25);
  }

  private int roundTripsOfAnImport() {
    int before = shop.server().roundTrips();
    try (Opened opened = Opened.of(shop.values())) {
      opened.imported();
    }
    return shop.server().roundTrips() - before;
  }

  @Test
  void the_matrix_says_what_is_hidden_and_what_to_grant() {
    SysCatalog.lacking(
        "shop VIEW DEFINITION", "shop VIEW ANY SENSITIVITY CLASSIFICATION", "cdc SELECT");
    shop.catalog.run("update sys.sql_modules set definition = null");
    try (Opened opened = Opened.of(shop.values())) {
      PermissionMatrix matrix =
          opened
              .adapter()
              .as(PermissionReport.class)
              .orElseThrow()
              .permissions(EnumSet.allOf(Section.class), TestOperation.start());

      assertThat(matrix.rows())
          .extracting(PermissionMatrix.Row::object, PermissionMatrix.Row::verdict)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("tables", Verdict.UNKNOWN),
              org.assertj.core.groups.Tuple.tuple("views", Verdict.UNKNOWN),
              org.assertj.core.groups.Tuple.tuple("texts of views", Verdict.HIDDEN),
              org.assertj.core.groups.Tuple.tuple("sensitivity labels", Verdict.HIDDEN),
              org.assertj.core.groups.Tuple.tuple("captured columns", Verdict.HIDDEN));
      assertThat(matrix.script())
          .isEqualTo(
              """
              GRANT VIEW DEFINITION TO [reader]]s];
              GRANT VIEW ANY SENSITIVITY CLASSIFICATION TO [reader]]s];
              GRANT SELECT ON SCHEMA::cdc TO [reader]]s];
              """);
    }
  }

  @Test
  void a_login_with_all_rights_is_asked_for_nothing() {
    try (Opened opened = Opened.of(shop.values())) {
      PermissionMatrix matrix =
          opened
              .adapter()
              .as(PermissionReport.class)
              .orElseThrow()
              .permissions(EnumSet.allOf(Section.class), TestOperation.start());

      assertThat(matrix.complete()).isTrue();
      assertThat(matrix.grants()).isEmpty();
    }
  }

  @Test
  void a_host_borrows_connections_with_the_usual_isolation() throws SQLException {
    try (Opened opened = Opened.of(shop.values())) {
      try (Connection borrowed =
          opened.adapter().as(SqlAccess.class).orElseThrow().dataSource().getConnection()) {
        assertThat(borrowed.getTransactionIsolation())
            .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
      }
      opened.imported();
      assertThat(opened.adapter().pooled()).isLessThanOrEqualTo(4);
    }
  }
}
