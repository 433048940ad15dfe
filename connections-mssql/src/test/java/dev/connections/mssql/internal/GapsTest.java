package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.PermissionReport;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableQuery;
import dev.connections.mssql.MssqlTable;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server lacks or refuses is told, and the rest goes on. */
class GapsTest {
  private final SysCatalog catalog = new SysCatalog();
  private int orders;

  @BeforeEach
  void a_table() {
    int sales = catalog.schema("sales");
    orders = catalog.table(sales, "orders");
    catalog.column(orders, 1, "id", "int");
    catalog.primaryKey(orders, "pk_orders", 1);
    int view = catalog.view(sales, "v", "create view …");
    catalog.column(view, 1, "a", "int");
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private RecordingSink imported(Counting counting) {
    try (Opened opened = Opened.on(catalog, counting)) {
      return opened.imported();
    }
  }

  private static List<Notice> notices(RecordingSink sink) {
    return sink.events(RecordingSink.Event.Noticed.class).stream()
        .map(RecordingSink.Event.Noticed::notice)
        .toList();
  }

  private static TableMetadata orders(RecordingSink sink) {
    return sink.tables().get(SchemaName.of("sales").table("orders"));
  }

  @ParameterizedTest
  @CsvSource({
    "sys.indexes,             INDEXES,      keys and indexes",
    "sys.foreign_keys,        FOREIGN_KEYS, foreign keys",
    "sys.check_constraints,   CHECKS,       checks",
    "sys.sql_modules,         DEFINITION,   texts of views",
  })
  void a_view_that_is_missing_or_refused_is_a_gap(String view, Section section, String words) {
    for (String number : List.of("208", "229", "33557097")) {
      RecordingSink sink = imported(new Counting(sql -> sql.contains(view + " ") ? number : ""));

      assertThat(sink.tables()).hasSize(2);
      assertThat(orders(sink).columns()).hasSize(1);
      assertThat(orders(sink).loaded()).doesNotContain(section).contains(Section.COLUMNS);
      assertThat(notices(sink))
          .anySatisfy(
              notice -> {
                assertThat(notice.message()).contains(words);
                assertThat(notice.code())
                    .isEqualTo(
                        number.equals("229")
                            ? NoticeCode.HIDDEN_BY_PERMISSION
                            : NoticeCode.NOT_LOADED);
              });
    }
  }

  @Test
  void columns_that_a_version_lacks_are_not_asked_for() {
    catalog.run(
        "alter table sys.tables drop column ledger_type",
        "alter table sys.tables drop column is_node",
        "alter table sys.columns drop column is_masked",
        "drop table sys.sensitivity_classifications",
        "drop table sys.masked_columns",
        "drop table sys.allocation_units",
        "drop table sys.change_tracking_tables",
        "drop table sys.partition_functions",
        "drop table sys.partition_schemes",
        "delete from sys.all_columns where name in ('ledger_type', 'is_node', 'is_masked')",
        "delete from sys.all_columns where object_id in (select object_id from sys.all_views where"
            + " name in ('sensitivity_classifications', 'masked_columns', 'allocation_units',"
            + " 'change_tracking_tables', 'partition_functions', 'partition_schemes'))");
    catalog.set("tables", "is_edge = 1", "object_id = " + orders);

    RecordingSink sink = imported(new Counting());

    assertThat(notices(sink)).isEmpty();
    assertThat(orders(sink).primaryKey()).isPresent();
    assertThat(orders(sink).sizeInBytes()).isEmpty();
    assertThat(orders(sink).extension(MssqlTable.class).orElseThrow().traits())
        .containsExactly(MssqlTable.Trait.GRAPH_EDGE);
  }

  @Test
  void a_server_that_tells_nothing_of_its_views_is_read_as_the_oldest() {
    RecordingSink sink = imported(new Counting(sql -> sql.contains("sys.all_views") ? "208" : ""));

    assertThat(sink.tables()).hasSize(2);
    assertThat(orders(sink).primaryKey()).isPresent();
  }

  @Test
  void an_optional_view_that_is_refused_costs_only_its_details() {
    catalog.set("tables", "is_node = 1", "object_id = " + orders);
    catalog.insert("extended_properties", 1, orders, 0, "MS_Description", "What was ordered");
    SysCatalog.lacking("sys.partition_schemes SELECT");
    Counting counting = new Counting(sql -> sql.contains("sys.partition_schemes") ? "229" : "");
    RecordingSink sink = imported(counting);

    assertThat(counting.statements()).noneMatch(sql -> sql.contains("sys.partition_schemes"));
    assertThat(orders(sink).info().description()).contains("What was ordered");
    assertThat(orders(sink).extension(MssqlTable.class).orElseThrow().traits())
        .containsExactly(MssqlTable.Trait.GRAPH_NODE);

    assertThat(orders(sink).primaryKey()).isPresent();
    assertThat(notices(sink))
        .extracting(Notice::message)
        .containsExactly("Some details of the keys and indexes aren't shown here.");
  }

  @Test
  void a_server_that_does_not_tell_rights_is_asked_without_what_it_may_refuse() {
    RecordingSink sink =
        imported(
            new Counting(
                sql ->
                    sql.contains("has_perms_by_name")
                        ? "195"
                        : sql.contains("sys.partition_schemes") ? "229" : ""));

    assertThat(orders(sink).primaryKey()).isPresent();
    assertThat(notices(sink))
        .extracting(Notice::message)
        .containsExactly("Some details of the keys and indexes aren't shown here.");
  }

  @Test
  void a_server_that_denies_what_it_shows_is_not_believed() {
    catalog.insert("extended_properties", 1, orders, 0, "MS_Description", "What was ordered");
    SysCatalog.lacking("sys.tables SELECT", "sys.extended_properties SELECT");

    RecordingSink sink = imported(new Counting());

    assertThat(orders(sink).info().description()).contains("What was ordered");
    assertThat(notices(sink)).isEmpty();
  }

  @Test
  void a_view_that_may_be_read_from_now_on_is_read_by_the_next_import() {
    catalog.insert("extended_properties", 1, orders, 0, "MS_Description", "What was ordered");
    SysCatalog.lacking("sys.extended_properties SELECT");
    try (Opened opened = Opened.on(catalog)) {
      assertThat(orders(opened.imported()).info().description()).isEmpty();
      SysFunctions.RIGHTS.clear();
      assertThat(orders(opened.imported()).info().description()).contains("What was ordered");
    }
  }

  @Test
  void a_users_view_of_the_same_name_is_not_taken_for_the_catalogs() {
    catalog.run(
        "alter table sys.tables drop column ledger_type",
        "delete from sys.all_columns where name = 'ledger_type'",
        "insert into sys.all_views values (777777, 'tables')",
        "insert into sys.all_columns values (777777, 'ledger_type')",
        "insert into sys.views values (777777, 1, 'tables', 'V ', false)");
    catalog.column(777_777, 1, "ledger_type", "int");

    RecordingSink sink = imported(new Counting());

    assertThat(notices(sink)).isEmpty();
    assertThat(sink.tables()).hasSize(3);
  }

  @Test
  void captured_columns_that_may_not_be_read_are_a_gap() {
    catalog.set("tables", "is_tracked_by_cdc = 1", "object_id = " + orders);

    RecordingSink sink =
        imported(new Counting(sql -> sql.contains("cdc.change_tables") ? "229" : ""));

    assertThat(notices(sink))
        .extracting(Notice::code)
        .containsExactly(NoticeCode.HIDDEN_BY_PERMISSION);
    assertThat(orders(sink).extension(MssqlTable.class).orElseThrow().traits())
        .containsExactly(MssqlTable.Trait.CHANGE_DATA_CAPTURE);
  }

  /** Without these there are no tables. */
  static final Set<String> INDISPENSABLE =
      Set.of("sys.tables", "sys.views", "sys.schemas", "sys.columns", "sys.types");

  /** Every view that the adapter asks while it does what it can, as its own statements name it. */
  static Stream<Arguments> views() {
    Counting counting = new Counting();
    try (SysCatalog everything = new SysCatalog()) {
      everything.special();
      doAll(everything, counting);
    }
    return Pattern.compile("\\b(?:sys|cdc)\\.\\w+")
        .matcher(String.join("\n", counting.statements()))
        .results()
        .map(MatchResult::group)
        .distinct()
        .sorted()
        .flatMap(view -> Stream.of("208", "229").map(number -> Arguments.of(view, number)));
  }

  private static RecordingSink doAll(SysCatalog of, Counting counting) {
    try (Opened opened = Opened.on(of, counting)) {
      SchemaName sales = SchemaName.of("sales");
      RecordingSink sink = opened.imported();
      assertThat(opened.adapter().listSchemas(TestOperation.start())).hasSize(2);
      assertThat(opened.adapter().listTables(TableQuery.of(sales), TestOperation.start()).items())
          .hasSize(2);
      opened.adapter().getTableMetadata(sales.table("orders"), TestOperation.start());
      opened
          .adapter()
          .as(PermissionReport.class)
          .orElseThrow()
          .permissions(EnumSet.allOf(Section.class), TestOperation.start());
      return sink;
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void whichever_view_is_missing_or_refused_is_told_and_the_rest_goes_on(
      String view, String number) {
    Pattern named = Pattern.compile(Pattern.quote(view) + "\\b");
    Counting refusing = new Counting(sql -> named.matcher(sql).find() ? number : "");
    try (SysCatalog everything = new SysCatalog()) {
      everything.special();
      if (INDISPENSABLE.contains(view)) {
        assertThatThrownBy(() -> doAll(everything, refusing))
            .isInstanceOfSatisfying(
                ConnectionException.class,
                thrown ->
                    assertThat(thrown.code().id())
                        .isEqualTo(number.equals("208") ? "NOT_FOUND" : "PERMISSION_DENIED"));
        return;
      }
      RecordingSink sink = doAll(everything, refusing);

      assertThat(sink.failures()).isEmpty();
      assertThat(sink.tables()).hasSize(2);
      assertThat(sink.tables().values()).allMatch(table -> !table.columns().isEmpty());
      assertThat(notices(sink))
          .extracting(Notice::code)
          .isNotEmpty()
          .isSubsetOf(NoticeCode.NOT_LOADED, NoticeCode.HIDDEN_BY_PERMISSION);
    }
  }

  @Test
  void one_table_tells_what_could_not_be_read_of_it() {
    try (Opened opened =
        Opened.on(catalog, new Counting(sql -> sql.contains("sys.indexes ") ? "229" : ""))) {
      assertThat(opened.table("sales", "orders").notices())
          .extracting(Notice::message)
          .containsExactly("The keys and indexes may not be read by this login.");
    }
  }

  @Test
  void columns_that_cannot_be_read_fail_the_import() {
    try (Opened opened =
        Opened.on(catalog, new Counting(sql -> sql.contains("from sys.columns c") ? "229" : ""))) {
      RecordingSink sink = new RecordingSink();
      assertThatThrownBy(() -> opened.imported(sink)).isInstanceOf(ConnectionException.class);
      assertThat(sink.tables()).isEmpty();
    }
  }

  @Test
  void a_login_without_the_right_to_see_all_is_told_what_to_grant() {
    SysCatalog.lacking("shop VIEW DEFINITION");

    RecordingSink sink = imported(new Counting());

    assertThat(notices(sink))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.code()).isEqualTo(NoticeCode.HIDDEN_BY_PERMISSION);
              assertThat(notice.remedy()).contains("Run: GRANT VIEW DEFINITION TO [reader]]s];");
            });
  }

  @Test
  void rights_are_told_of_a_database_whatever_its_name() {
    SysFunctions.database = "it's [odd].db";
    SysCatalog.lacking("it's [odd].db VIEW DEFINITION");

    assertThat(notices(imported(new Counting())))
        .extracting(Notice::code)
        .containsExactly(NoticeCode.HIDDEN_BY_PERMISSION);
  }

  @Test
  void a_table_that_is_dropped_while_it_is_read_fails_alone() {
    catalog.run("delete from sys.columns where object_id = " + orders);

    RecordingSink sink = imported(new Counting());

    assertThat(sink.failures()).containsOnlyKeys(SchemaName.of("sales").table("orders"));
    assertThat(sink.tables()).hasSize(1);
  }

  @Test
  void one_table_is_read_in_spite_of_gaps() {
    try (Opened opened =
        Opened.on(catalog, new Counting(sql -> sql.contains("sys.indexes ") ? "208" : ""))) {
      TableMetadata table = opened.table("sales", "orders");

      assertThat(table.loaded()).doesNotContain(Section.INDEXES, Section.KEYS);
      assertThat(opened.adapter().listSchemas(TestOperation.start())).hasSize(2);
    }
  }
}
