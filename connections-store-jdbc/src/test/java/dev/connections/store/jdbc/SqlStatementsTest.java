package dev.connections.store.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ConnectionSort;
import dev.connections.core.ListRequest;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules for the statements that reach the database. */
final class SqlStatementsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.connections.store.jdbc");

  /** Serves nobody's call: it runs before there is a store, and gives nothing to anybody. */
  private static final String OF_ALL_ACCOUNTS = "LeftBehind.java";

  @TempDir Path directory;

  @Test
  void statements_are_made_in_one_class_only() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Session.class)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Statement.class)
        .check(CLASSES);
  }

  @Test
  void only_what_makes_sessions_asks_the_driver_for_a_connection() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Session.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(SqliteFile.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(SqliteBackup.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(PostgresTransactions.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(PostgresSchema.class.getName())
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.sql.Connection")
        .check(CLASSES);
  }

  @Test
  void in_postgresql_one_class_opens_transactions_and_one_looks_before_at_what_is_there() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(PostgresTransactions.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(PostgresSchema.class.getName())
        .should()
        .callMethod(DataSource.class, "getConnection")
        .orShould()
        .callMethod(Session.class, "begin", boolean.class)
        .check(CLASSES);
  }

  @Test
  void every_statement_on_the_rows_of_tenants_names_the_account() throws IOException {
    Pattern literals = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"(?:\\s*\\+\\s*)?");
    Pattern tenants =
        Pattern.compile(
            "(FROM|UPDATE|INTO) (connections|connection_tokens|audit_log)\\b",
            Pattern.CASE_INSENSITIVE);
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !path.endsWith(OF_ALL_ACCOUNTS))
              .toList()) {
        for (String statement : Files.readString(file).split(";\n")) {
          StringBuilder text = new StringBuilder();
          Matcher literal = literals.matcher(statement);
          while (literal.find()) {
            text.append(literal.group(1));
          }
          if (tenants.matcher(text).find()) {
            found.add(text.toString());
          }
        }
      }
    }
    assertThat(found)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            sql ->
                assertThat(sql)
                    .satisfiesAnyOf(
                        text -> assertThat(text).contains("account_id"),
                        text ->
                            assertThat(text)
                                .matches("SELECT (\\*|count\\(\\*\\)) FROM connections WHERE ")));
    ListQuery all = ListQuery.all(Dialect.SQLITE, Rows.ADMIN, ConnectionFilter.all());
    assertThat(all.where()).startsWith("account_id = ?");
    assertThat(all.values()).first().isEqualTo("acme");
  }

  @Test
  void rows_are_counted_and_found_by_their_key_in_an_index() throws SQLException {
    SqliteFile file = SqliteFile.at(directory.resolve("connections.db"));
    SqliteStore.open(file).close();
    try (Session session = file.openToRead()) {
      List<String> statements = new ArrayList<>();
      for (KeyedRows.Table table : KeyedRows.Table.values()) {
        statements.addAll(List.of(table.count, table.nextAccount, table.list));
      }
      for (String sql : statements) {
        List<Object> values = new ArrayList<>();
        sql.chars().filter(c -> c == '?').forEach(c -> values.add(1));
        assertThat(
                String.join(
                    "\n",
                    session.list(
                        "EXPLAIN QUERY PLAN " + sql, values, row -> row.getString("detail"))))
            .as(sql)
            .containsPattern("connection(s|_tokens)_by_key|USING PRIMARY KEY")
            .doesNotContain("TEMP B-TREE");
      }
    }
  }

  @Test
  void old_runs_pages_and_names_are_found_in_an_index() throws SQLException {
    SqliteFile file = SqliteFile.at(directory.resolve("connections.db"));
    SqliteStore.open(file).close();
    try (Session session = file.openToRead()) {
      for (String sql :
          List.of(
              StoredRuns.NEXT_OLD,
              StoredRuns.DELETE_OLD,
              "SELECT * FROM connection_listing_cache WHERE account_id = ? AND connection_id = ?"
                  + " AND schema_key = ? AND page_key = ?",
              "SELECT * FROM connections WHERE account_id = ? AND name_key = ? AND name = ?")) {
        List<Object> values = new ArrayList<>();
        sql.chars().filter(c -> c == '?').forEach(c -> values.add(1));
        assertThat(
                String.join(
                    "\n",
                    session.list(
                        "EXPLAIN QUERY PLAN " + sql, values, row -> row.getString("detail"))))
            .as(sql)
            .contains("SEARCH")
            .doesNotContain("SCAN")
            .doesNotContain("TEMP B-TREE");
      }
    }
  }

  @Test
  void tests_under_way_are_found_in_an_index_of_nothing_else() throws SQLException {
    SqliteFile file = SqliteFile.at(directory.resolve("connections.db"));
    SqliteStore.open(file).close();
    try (Session session = file.openToRead()) {
      assertThat(
              session.list(
                  "EXPLAIN QUERY PLAN " + LeftBehind.TESTS,
                  List.of(),
                  row -> row.getString("detail")))
          .singleElement()
          .asString()
          .contains("connections_by_pending_test");
    }
  }

  private static List<ConnectionFilter> filters() {
    ConnectionFilter all = ConnectionFilter.all();
    return List.of(
        all,
        all.withTypes(Set.of("mssql", "ORACLE")),
        all.withActive(true),
        all.withText("sales"),
        all.withOwner("ada"),
        all.withWorkspace("north").withOwner("ada").withText("x").withTypes("mssql"));
  }

  @Test
  void every_list_follows_an_index_in_its_order_and_sorts_nothing() throws SQLException {
    SqliteFile file = SqliteFile.at(directory.resolve("connections.db"));
    List<Actor> actors = List.of(Rows.ADMIN, Actor.of("acme", "ada", Role.MEMBER).in("north"));
    try (SqliteStore store = SqliteStore.open(file);
        Session session = file.openToRead()) {
      store.insert(Rows.row("acme", "a"));
      store.insert(Rows.row("acme", "b"));
      for (ConnectionSort sort : ConnectionSort.values()) {
        for (ListRequest order : List.of(ListRequest.by(sort), ListRequest.by(sort).backwards())) {
          String token =
              store.list(Rows.ADMIN, ConnectionFilter.all(), order.limit(1)).next().orElseThrow();
          for (ListRequest request : List.of(order, order.after(token))) {
            for (Actor actor : actors) {
              for (ConnectionFilter filter : filters()) {
                ListQuery query = ListQuery.page(Dialect.SQLITE, actor, filter, request);
                assertThat(plan(session, query))
                    .as("%s %s", query.where(), query.values())
                    .contains("USING INDEX connections_")
                    .contains("account_id=?")
                    .doesNotContain("TEMP B-TREE FOR ORDER BY");
              }
            }
          }
        }
      }
    }
  }

  private static String plan(Session session, ListQuery query) throws SQLException {
    return String.join(
        "\n",
        session.list(
            "EXPLAIN QUERY PLAN SELECT * FROM connections WHERE " + query.where(),
            query.values(),
            row -> row.getString("detail")));
  }
}
