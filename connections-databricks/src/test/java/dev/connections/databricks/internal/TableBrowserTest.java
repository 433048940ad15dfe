package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Page;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableQuery;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.testkit.TestOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looking through a schema, a page at a time. */
@Timeout(60)
class TableBrowserTest {
  private static final SchemaName SALES = SchemaName.of("main", "sales");

  private final DatabricksSimulator workspace = DatabricksSimulator.start();
  private final ConfigurationValues plain = Workspaces.values(workspace);
  private final ConfigurationValues wide = plain.with("advanced.volumes_functions_models", true);
  private final List<Notice> notices = new ArrayList<>();

  TableBrowserTest() {
    for (String table : List.of("a", "b", "c")) {
      add("tables", table);
    }
    add("volumes", "files");
    add("functions", "rate");
    add("functions", "ratio");
    add("models", "churn");
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private void add(String kind, String name) {
    workspace.add(kind, "main", "sales", name, "{\"name\":\"" + name + "\"}");
  }

  private List<TableInfo> browsed(ConfigurationValues values, TableQuery query) {
    List<TableInfo> found = new ArrayList<>();
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      Optional<String> token = Optional.empty();
      do {
        TableQuery at = token.map(query::after).orElse(query);
        Page<TableInfo> page = adapter.listTables(at, TestOperation.start());
        found.addAll(page.items());
        notices.addAll(page.notices());
        token = page.next();
      } while (token.isPresent());
    }
    return found;
  }

  private static List<String> names(List<TableInfo> found) {
    return found.stream().map(info -> info.kind().id() + " " + info.name().table()).toList();
  }

  @Test
  void volumes_functions_and_models_come_behind_the_tables_where_they_are_wanted() {
    TableQuery query = TableQuery.of(SALES);

    assertThat(names(browsed(plain, query))).containsExactly("table a", "table b", "table c");
    assertThat(names(browsed(wide, query)))
        .containsExactly(
            "table a",
            "table b",
            "table c",
            "volume files",
            "function rate",
            "function ratio",
            "model churn");
  }

  @Test
  void small_pages_give_each_of_them_once() {
    assertThat(browsed(wide, TableQuery.of(SALES).limit(1))).hasSize(7).doesNotHaveDuplicates();
    assertThat(browsed(wide, TableQuery.of(SALES).limit(2))).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void a_part_of_the_name_finds_them_too() {
    assertThat(names(browsed(wide, TableQuery.of(SALES).nameContains("RAT"))))
        .containsExactly("function rate", "function ratio");
  }

  @Test
  void a_table_goes_before_what_has_its_name_and_that_is_told() {
    add("models", "a");

    assertThat(names(browsed(wide, TableQuery.of(SALES)))).doesNotContain("model a");
    assertThat(notices)
        .singleElement()
        .satisfies(notice -> assertThat(notice.message()).contains("A model has the name"));
  }

  @Test
  void names_that_cannot_be_are_told_and_not_left_out_silently() {
    workspace.add("tables", "main", "sales", "x", "{\"name\":\"a.b\"}");
    workspace.add("functions", "main", "sales", "y", "{\"name\":\"c/d\"}");

    assertThat(browsed(wide, TableQuery.of(SALES))).hasSize(7);
    assertThat(notices)
        .hasSize(2)
        .allMatch(notice -> notice.code().equals(NoticeCode.SKIPPED))
        .allMatch(notice -> notice.hidden().getAsLong() == 1);
  }
}
