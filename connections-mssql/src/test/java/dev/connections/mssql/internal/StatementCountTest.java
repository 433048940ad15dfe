package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many statements reading takes, however many tables there are. */
class StatementCountTest {
  private static final int MOST = 15;
  private static final int MOST_FOR_ONE = 8;

  private static int ofAnImport(int tables) {
    Counting counting = new Counting();
    try (SysCatalog catalog = new SysCatalog()) {
      catalog.many(catalog.schema("sales"), tables);
      try (Opened opened = Opened.on(catalog, counting)) {
        RecordingSink sink = opened.imported();
        assertThat(sink.tables()).hasSize(tables);
        assertThat(sink.tables().values()).allMatch(table -> table.foreignKeys().size() == 1);
      }
    }
    return counting.statements().size();
  }

  @Test
  void ten_thousand_tables_take_as_many_statements_as_ten() {
    int few = ofAnImport(10);

    assertThat(ofAnImport(10_000)).isEqualTo(few).isLessThanOrEqualTo(MOST);
  }

  @Test
  void an_import_of_everything_that_can_be_special_stays_below_the_most() {
    Counting counting = new Counting();
    try (SysCatalog catalog = new SysCatalog()) {
      int sales = catalog.schema("sales");
      catalog.many(sales, 3);
      int view = catalog.view(sales, "v", "create view …");
      catalog.column(view, 1, "a", "int");
      catalog.set("tables", "is_tracked_by_cdc = 1", "1 = 1");
      try (Opened opened = Opened.on(catalog, counting)) {
        assertThat(opened.imported().tables()).hasSize(4);
      }
    }
    assertThat(counting.statements()).hasSizeLessThanOrEqualTo(MOST);
  }

  /** What a server refuses, and whether it tells so when it is asked. */
  private enum Refusing {
    TELLING(),
    SILENTLY(),
    WITHOUT_THE_FUNCTION("has_perms_by_name"),
    THE_LIST_OF_VIEWS_TOO("sys.all_views");

    private final List<String> unknown;

    Refusing(String... unknown) {
      this.unknown = List.of(unknown);
    }

    String answer(String sql) {
      boolean refused =
          VIEW.matcher(sql)
              .results()
              .map(MatchResult::group)
              .anyMatch(StatementCountTest::dispensable);
      return unknown.stream().anyMatch(sql::contains)
          ? unknown.contains("sys.all_views") ? "229" : "195"
          : refused ? "229" : "";
    }
  }

  private static final Pattern VIEW = Pattern.compile("\\b(?:sys|cdc)\\.\\w+");

  private static boolean dispensable(String view) {
    return !GapsTest.INDISPENSABLE.contains(view) && !view.startsWith("sys.all_");
  }

  @ParameterizedTest
  @EnumSource
  void views_that_are_refused_cost_no_more_than_the_most(Refusing how) {
    Counting counting = new Counting(how::answer);
    try (SysCatalog catalog = new SysCatalog()) {
      catalog.special();
      if (how == Refusing.TELLING) {
        SysCatalog.lacking(
            Stream.of("tables", "columns", "indexes", "constraints", "properties")
                .flatMap(name -> refusable(name).stream())
                .distinct()
                .map(view -> view + " SELECT")
                .toArray(String[]::new));
      }
      try (Opened opened = Opened.on(catalog, counting)) {
        assertThat(opened.imported().tables()).hasSize(2);
      }
    }
    assertThat(counting.statements()).hasSizeLessThanOrEqualTo(MOST);
  }

  /** By a name or an id that an index of the catalog's begins with. */
  @Test
  void one_table_is_asked_for_without_a_look_at_the_others() {
    Counting counting = new Counting();
    try (SysCatalog catalog = new SysCatalog()) {
      int sales = catalog.schema("sales");
      catalog.many(sales, 3);
      catalog.column(catalog.table(sales, "chosen"), 1, "id", "int");
      try (Opened opened = Opened.on(catalog, counting)) {
        opened.table("sales", "chosen");
      }
    }
    assertThat(counting.statements())
        .filteredOn(sql -> sql.contains("from sys.") && !sql.contains("all_views"))
        .hasSizeGreaterThan(3)
        .allMatch(
            sql ->
                sql.matches("(?s).*and (t\\.name|\\w\\.(major|object|parent_object)_id) in \\(.*"));
  }

  private static Set<String> refusable(String query) {
    return VIEW.matcher(CatalogQuery.read(Queries.class, "mssql", query).text())
        .results()
        .map(MatchResult::group)
        .filter(StatementCountTest::dispensable)
        .collect(Collectors.toSet());
  }

  @Test
  void one_table_of_ten_thousand_takes_few_statements() {
    Counting counting = new Counting();
    try (SysCatalog catalog = new SysCatalog()) {
      int sales = catalog.schema("sales");
      catalog.many(sales, 10_000);
      int chosen = catalog.table(sales, "chosen");
      catalog.column(chosen, 1, "id", "int");
      catalog.set("tables", "is_tracked_by_cdc = 1", "object_id = " + chosen);
      TableName name = SchemaName.of("sales").table("chosen");
      try (Opened opened = Opened.on(catalog, counting)) {
        RecordingSink sink = new RecordingSink();
        opened
            .adapter()
            .importMetadata(TestSelection.everything().named(name), sink, TestOperation.start());
        assertThat(sink.tables()).hasSize(1);
      }
    }
    assertThat(counting.statements()).hasSizeLessThanOrEqualTo(MOST_FOR_ONE);
  }
}
