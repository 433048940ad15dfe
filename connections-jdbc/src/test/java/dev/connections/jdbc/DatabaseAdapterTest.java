package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Page;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatabaseAdapterTest {
  private static final SchemaName UPPER = SchemaName.of("shelf_upper");
  private static final SchemaName LOWER = SchemaName.of("shelf_lower");

  private final Database database = ToolkitServer.open(2);
  private final AtomicInteger closings = new AtomicInteger();
  private final DatabaseAdapter<Shelves.Shelf> adapter =
      DatabaseAdapter.of(database, new Shelves(database), ToolkitServer.Questions::new)
          .showingRows(true)
          .closing(closings::incrementAndGet);

  @BeforeEach
  void fill() throws SQLException {
    run(
        "drop schema if exists shelf_upper cascade; drop schema if exists shelf_lower cascade;"
            + " create schema shelf_upper; create schema shelf_lower;"
            + " create table shelf_upper.b (id int, name text);"
            + " create table shelf_upper.a (id int);"
            + " create table shelf_upper.hidden_one (id int);"
            + " create table shelf_lower.c (id int, at date, made bytea, text text, flag bool);"
            + " insert into shelf_lower.c select n, '2026-02-03', '\\x01', 'x', null"
            + " from generate_series(1, 3) n");
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  private static void run(String... statements) throws SQLException {
    try (Database own = ToolkitServer.open(1);
        Connection connection = own.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static ErrorCode codeOf(Runnable call) {
    return catchThrowableOfType(ConnectionException.class, call::run).code();
  }

  private RecordingSink imported(TestSelection selection, RecordingSink sink) {
    ImportEnd end = adapter.importMetadata(selection, sink, TestOperation.start());
    assertThat(end).isInstanceOf(ImportEnd.Done.class);
    return sink;
  }

  @Test
  void schemas_come_in_the_order_of_their_names() {
    assertThat(adapter.listSchemas(TestOperation.start()))
        .extracting(SchemaInfo::name)
        .containsExactly(LOWER, UPPER);
  }

  @Test
  void a_schemas_tables_come_in_pages() {
    TableQuery one = new TableQuery(UPPER, Optional.empty(), 1, Optional.empty());
    Page<TableInfo> first = adapter.listTables(one, TestOperation.start());
    Page<TableInfo> second =
        adapter.listTables(
            new TableQuery(UPPER, Optional.empty(), 1, first.next()), TestOperation.start());

    assertThat(first.items()).extracting(TableInfo::name).containsExactly(UPPER.table("a"));
    assertThat(first.notices()).extracting(Notice::message).containsExactly("1 on the page.");
    assertThat(second.items()).extracting(TableInfo::name).containsExactly(UPPER.table("b"));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void a_name_that_nothing_can_have_is_not_sent_to_the_server() {
    try (Database unreachable =
        ToolkitServer.open(ToolkitServer.settings("nowhere.invalid", 1, 1))) {
      DatabaseAdapter<Shelves.Shelf> nowhere =
          DatabaseAdapter.of(unreachable, new Shelves(unreachable), ToolkitServer.Questions::new);
      TableQuery impossible = TableQuery.of(SchemaName.of("a\0b"));
      TableQuery part = TableQuery.of(UPPER).nameContains("\0");

      assertThat(codeOf(() -> nowhere.listTables(impossible, TestOperation.start())))
          .isEqualTo(StandardErrorCode.NOT_FOUND);
      assertThat(nowhere.listTables(part, TestOperation.start()).items()).isEmpty();
      assertThat(codeOf(() -> nowhere.getTableMetadata(UPPER.table("\0"), TestOperation.start())))
          .isEqualTo(StandardErrorCode.NOT_FOUND);
    }
  }

  @Test
  void an_unknown_schema_is_not_an_empty_one() throws SQLException {
    run("create schema shelf_empty");
    try {
      assertThat(
              adapter
                  .listTables(TableQuery.of(SchemaName.of("shelf_empty")), TestOperation.start())
                  .items())
          .isEmpty();
    } finally {
      run("drop schema shelf_empty");
    }
    assertThat(
            codeOf(
                () ->
                    adapter.listTables(
                        TableQuery.of(SchemaName.of("shelf_none")), TestOperation.start())))
        .isEqualTo(StandardErrorCode.NOT_FOUND);
  }

  @Test
  void a_table_is_found_by_its_exact_name_alone() {
    TableMetadata found = adapter.getTableMetadata(UPPER.table("b"), TestOperation.start());

    assertThat(found.columns()).extracting(Column::name).containsExactly("id", "name");
    for (TableName name : List.of(UPPER.table("B"), UPPER.table("hidden_one"))) {
      assertThat(codeOf(() -> adapter.getTableMetadata(name, TestOperation.start())))
          .isEqualTo(StandardErrorCode.NOT_FOUND);
    }
  }

  @Test
  void an_import_lists_reads_and_says_what_is_hidden() {
    RecordingSink sink = imported(TestSelection.everything(), new RecordingSink());

    assertThat(sink.listed())
        .containsExactlyInAnyOrder(UPPER.table("a"), UPPER.table("b"), LOWER.table("c"));
    assertThat(sink.tables().keySet()).containsExactlyInAnyOrderElementsOf(sink.listed());
    assertThat(sink.events(RecordingSink.Event.Noticed.class))
        .extracting(noticed -> noticed.notice().message())
        .containsExactly("1 hidden.", "Nothing else.");
    assertThat(sink.events(RecordingSink.Event.ListingComplete.class))
        .extracting(RecordingSink.Event.ListingComplete::schema)
        .containsExactly(LOWER, UPPER);
  }

  @Test
  void named_tables_are_read_and_those_that_do_not_exist_fail() {
    TableName gone = UPPER.table("gone");
    RecordingSink sink =
        imported(TestSelection.everything().named(UPPER.table("a"), gone), new RecordingSink());

    assertThat(sink.tables().keySet()).containsExactly(UPPER.table("a"));
    assertThat(sink.failures().keySet()).containsExactly(gone);
  }

  @Test
  void a_table_that_is_dropped_after_it_was_listed_fails_and_the_others_are_read() {
    RecordingSink sink =
        imported(
            TestSelection.everything(),
            new RecordingSink()
                .onEvent(
                    event -> {
                      if (event instanceof RecordingSink.Event.Proceed) {
                        drop(UPPER.table("a"));
                      }
                    }));

    assertThat(sink.failures()).containsOnlyKeys(UPPER.table("a"));
    assertThat(sink.failures().values())
        .extracting(Failure::code)
        .containsExactly(StandardErrorCode.NOT_FOUND);
    assertThat(sink.tables()).containsOnlyKeys(UPPER.table("b"), LOWER.table("c"));
  }

  private static void drop(TableName table) {
    try {
      run("drop table " + table.schema().schema() + "." + table.table());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_import_that_is_stopped_reads_nothing() {
    RecordingSink sink = new RecordingSink().stopping();

    assertThat(adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start()))
        .isInstanceOf(ImportEnd.Stopped.class);
    assertThat(sink.tables()).isEmpty();
  }

  @Test
  void the_first_rows_are_typed_and_there_may_be_more() {
    RowPreview preview = adapter.as(RowPreview.class).orElseThrow();

    RowPreview.RowSample some = preview.preview(LOWER.table("c"), 2, TestOperation.start());
    RowPreview.RowSample all = preview.preview(LOWER.table("c"), 3, TestOperation.start());

    assertThat(some.columns()).containsExactly("id", "at", "made", "text", "flag");
    assertThat(some.rows()).hasSize(2);
    assertThat(some.more()).isTrue();
    assertThat(all.more()).isFalse();
    List<Optional<Object>> row = some.rows().get(0);
    assertThat(row.get(0)).contains(1);
    assertThat(row.get(1)).contains("2026-02-03");
    assertThat(row.get(2).orElseThrow()).isEqualTo(new byte[] {1});
    assertThat(row.get(3)).contains("x");
    assertThat(row.get(4)).isEmpty();
    assertThat(codeOf(() -> preview.preview(UPPER.table("a; drop"), 1, TestOperation.start())))
        .isEqualTo(StandardErrorCode.NOT_FOUND);
  }

  @Test
  void long_values_are_cut_where_the_server_sends_them_whole() throws SQLException {
    // The last character that fits is the first half of one that takes two.
    run(
        "create table shelf_lower.long (id int, text text, bytes bytea)",
        "insert into shelf_lower.long select 1, repeat('x', 4095) || chr(128640),"
            + " decode(repeat('00', 4097), 'hex')",
        "insert into shelf_lower.long select 2, repeat('y', 4096), decode(repeat('00', 4096),"
            + " 'hex')");
    RowPreview preview = adapter.as(RowPreview.class).orElseThrow();

    RowPreview.RowSample sample = preview.preview(LOWER.table("long"), 5, TestOperation.start());

    assertThat(sample.rows().get(0).get(1)).contains("x".repeat(4095));
    assertThat((byte[]) sample.rows().get(0).get(2).orElseThrow()).hasSize(4096);
    assertThat(sample.rows().get(1).get(1)).contains("y".repeat(4096));
    assertThat(sample.notices())
        .extracting(Notice::message)
        .containsExactly("Values are shown up to 4,096 characters or bytes; some are longer.");
    assertThat(preview.preview(LOWER.table("c"), 5, TestOperation.start()).notices()).isEmpty();
  }

  @Test
  void a_sample_that_becomes_too_large_ends_early_and_says_so() throws SQLException {
    run(
        "create table shelf_lower.wide as select n id, t.x a, t.x b, t.x c from"
            + " generate_series(1, 1000) n, repeat('x', 4096) t(x)");

    RowPreview.RowSample sample =
        adapter
            .as(RowPreview.class)
            .orElseThrow()
            .preview(LOWER.table("wide"), 1_000, TestOperation.start());

    assertThat(sample.rows()).hasSize(651); // of three times 4,096 characters and a number
    assertThat(sample.more()).isTrue();
    assertThat(sample.notices()).extracting(Notice::code).containsExactly(NoticeCode.TRUNCATED);
  }

  @Test
  void an_adapter_offers_what_it_was_told_and_closes_everything() throws SQLException {
    Database another = ToolkitServer.open(1);
    DatabaseAdapter<Shelves.Shelf> plain =
        DatabaseAdapter.of(another, new Shelves(another), ToolkitServer.Questions::new)
            .showingRows(false);

    assertThat(plain.as(RowPreview.class)).isEmpty();
    assertThat(plain.test(TestOperation.start()).firstFailure()).isEmpty();
    try (Connection borrowed =
        plain.as(SqlAccess.class).orElseThrow().dataSource().getConnection()) {
      assertThat(plain.pooled()).isEqualTo(1);
      assertThat(borrowed.isValid(5)).isTrue();
    }
    plain.close();
    adapter.close();

    assertThat(closings).hasValue(1);
    assertThat(codeOf(() -> adapter.listSchemas(TestOperation.start())))
        .isEqualTo(StandardErrorCode.CANCELLED);
  }
}
