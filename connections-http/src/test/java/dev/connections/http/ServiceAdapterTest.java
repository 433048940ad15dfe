package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.DataType;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestSteps;
import dev.connections.api.TypeKind;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceAdapterTest {
  private static final SchemaName DESK = SchemaName.of("desk");
  private static final SchemaName STOCK = SchemaName.of("stock");

  private final Shop shop = new Shop();
  private final MovedClock clock = new MovedClock();
  private final HttpService service = Services.at(URI.create("http://127.0.0.1:1"));
  private final ServiceAdapter<Shelf> adapter =
      ServiceAdapter.of(
          service,
          clock,
          shop,
          operation ->
              TestSteps.of(operation)
                  .step("shop", "Look at the shop", step -> step.detail("open"))
                  .server(new ServerInfo("Shop", Optional.empty(), Map.of()))
                  .result());

  @AfterEach
  void close() {
    adapter.close();
  }

  private static final class MovedClock extends Clock {
    private Instant now = Instant.parse("2026-11-21T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private record Shelf(List<TableInfo> tables) implements TableList {
    @Override
    public Set<SchemaName> schemas() {
      return Set.of(STOCK, DESK);
    }

    @Override
    public Optional<TableInfo> find(TableName name) {
      return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
  }

  /** Tables a to e on the desk, and one in stock; c can't be read. */
  private static final class Shop implements ServiceCatalog<Shelf> {
    private int lists;
    private String state = "1";

    @Override
    public Shelf list(Findings findings, Operation operation) {
      lists++;
      findings.hidden(2, "The shop hides 2 tables.", "Ask for the key.");
      findings.state("shop", state);
      return new Shelf(
          List.of(info(DESK, "a"), info(DESK, "B"), info(DESK, "c"), info(STOCK, "a")));
    }

    private static TableInfo info(SchemaName schema, String name) {
      return TableInfo.of(schema.table(name), TableKind.TABLE);
    }

    @Override
    public TableMetadata table(Shelf list, TableInfo table, Operation operation) {
      return TableMetadata.builder(table, Set.of(Section.COLUMNS))
          .columns(
              List.of(Column.builder("id", DataType.of(TypeKind.STRING, "text"), false).build()))
          .build();
    }

    @Override
    public long calls(Shelf list, Wanted wanted, Operation operation) {
      return wanted.named() ? 1 : 7;
    }

    @Override
    public void read(
        Shelf list, Wanted wanted, Findings findings, Receiver receiver, Operation operation) {
      for (TableInfo table : wanted.tables()) {
        if (table.name().table().equals("c")) {
          receiver.failed(table.name(), Failure.of(StandardErrorCode.PERMISSION_DENIED, "No."));
        } else {
          receiver.table(table(list, table, operation));
        }
      }
    }

    @Override
    public Optional<ChangeMarker> state(Findings findings, Operation operation) {
      return Optional.of(new ChangeMarker(state));
    }

    @Override
    public Optional<ChangeMarker> stateRead(Findings findings) {
      return findings.states(List.of("shop")).map(parts -> new ChangeMarker(parts.get(0)));
    }
  }

  private static Collection<String> names(Page<TableInfo> page) {
    return page.items().stream().map(table -> table.name().table()).toList();
  }

  @Test
  void schemas_pages_and_tables_come_out_of_one_list_that_is_kept_for_a_moment() {
    assertThat(adapter.listSchemas(TestOperation.start()))
        .extracting(SchemaInfo::name)
        .containsExactly(DESK, STOCK);
    TableQuery two = new TableQuery(DESK, Optional.empty(), 2, Optional.empty());
    Page<TableInfo> first = adapter.listTables(two, TestOperation.start());
    assertThat(names(first)).containsExactly("a", "B");
    assertThat(first.total()).hasValue(3);
    assertThat(first.notices()).singleElement().satisfies(n -> assertThat(n.hidden()).hasValue(2));
    assertThat(adapter.getTableMetadata(DESK.table("B"), TestOperation.start()).columns())
        .hasSize(1);
    assertThat(shop.lists).isEqualTo(1);

    clock.now = clock.now.plus(Duration.ofSeconds(30));
    TableQuery rest = new TableQuery(DESK, Optional.empty(), 2, first.next());
    assertThat(adapter.listTables(rest, TestOperation.start()).next()).isEmpty();
    assertThat(shop.lists).isEqualTo(2);
  }

  @Test
  void a_part_of_a_name_is_found_and_what_is_not_there_is_told() {
    assertThat(
            names(adapter.listTables(TableQuery.of(DESK).nameContains("b"), TestOperation.start())))
        .containsExactly("B");
    assertThat(
            thrownBy(
                    () ->
                        adapter.listTables(
                            TableQuery.of(SchemaName.of("none")), TestOperation.start()))
                .code())
        .isEqualTo(StandardErrorCode.NOT_FOUND);
    assertThat(
            thrownBy(() -> adapter.getTableMetadata(DESK.table("x"), TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.NOT_FOUND);
  }

  @Test
  void an_import_lists_completes_its_schemas_reads_and_tells() {
    RecordingSink sink = new RecordingSink().reading(table -> !table.name().table().equals("B"));
    ImportEnd end =
        adapter.importMetadata(
            TestSelection.everything().schemas(DESK::equals), sink, TestOperation.start());

    assertThat(sink.listed()).hasSize(3);
    assertThat(sink.events(RecordingSink.Event.ListingComplete.class)).hasSize(1);
    assertThat(sink.tables()).containsOnlyKeys(DESK.table("a"));
    assertThat(sink.failures()).containsOnlyKeys(DESK.table("c"));
    assertThat(sink.events(RecordingSink.Event.Noticed.class)).hasSize(1);
    assertThat(end).isEqualTo(new ImportEnd.Done(Optional.of(new ChangeMarker("1"))));
  }

  @Test
  void named_tables_are_read_and_those_that_are_missing_have_failed() {
    RecordingSink sink = new RecordingSink();
    adapter.importMetadata(
        TestSelection.everything().named(STOCK.table("a"), STOCK.table("b")),
        sink,
        TestOperation.start());

    assertThat(sink.tables()).containsOnlyKeys(STOCK.table("a"));
    assertThat(sink.failures()).containsOnlyKeys(STOCK.table("b"));
    assertThat(sink.events(RecordingSink.Event.ListingComplete.class)).isEmpty();
  }

  @Test
  void what_has_not_changed_is_not_read_and_what_is_not_wanted_is_not_either() {
    ChangeMarker before = new ChangeMarker("1");
    TestSelection since = TestSelection.everything().since(before);
    assertThat(adapter.importMetadata(since, new RecordingSink(), TestOperation.start()))
        .isEqualTo(new ImportEnd.Unchanged());
    assertThat(shop.lists).isZero();

    shop.state = "2";
    RecordingSink stopping = new RecordingSink().stopping();
    assertThat(adapter.importMetadata(since, stopping, TestOperation.start()))
        .isEqualTo(new ImportEnd.Stopped());
    assertThat(stopping.tables()).isEmpty();
  }

  @Test
  void a_feature_is_offered_and_the_test_runs_until_the_adapter_is_closed() {
    ServiceAdapter<Shelf> more = adapter.offering(Clock.class, clock);
    assertThat(more.as(Clock.class)).containsSame(clock);
    assertThat(adapter.as(Clock.class)).isEmpty();
    assertThat(more.test(TestOperation.start()).passed()).isTrue();

    more.close();
    assertThat(thrownBy(() -> adapter.test(TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.CANCELLED);
  }

  @Test
  void a_part_that_fails_is_told_and_one_that_is_not_there_is_not() {
    Findings findings = new Findings();
    findings.state("a", "1");
    assertThat(findings.optional("Views", "Ask.", () -> 1)).contains(1);
    assertThat(findings.<Integer>optional("Views", "Ask.", () -> fail(StandardErrorCode.NOT_FOUND)))
        .isEmpty();
    assertThat(findings.states(List.of("a"))).contains(List.of("1"));
    assertThat(findings.states(List.of("a", "b"))).isEmpty();

    for (int twice = 0; twice < 2; twice++) {
      findings.<Integer>optional("Views", "Ask.", () -> fail(StandardErrorCode.UNAVAILABLE));
    }
    findings.hidden(0, "Nothing is hidden.", "Ask.");
    assertThat(findings.notices())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.code()).isEqualTo(NoticeCode.NOT_LOADED);
              assertThat(notice.message()).isEqualTo("Views couldn't be read (UNAVAILABLE).");
              assertThat(notice.remedy()).contains("Ask.");
            });
    assertThat(findings.states(List.of("a"))).as("what is incomplete has no state").isEmpty();
    assertThatThrownBy(
            () ->
                findings.<Integer>optional(
                    "Views", "Ask.", () -> fail(StandardErrorCode.WRONG_CREDENTIALS)))
        .isInstanceOf(ConnectionException.class);
  }

  private static int fail(StandardErrorCode code) {
    throw ConnectionException.of(code, "No.");
  }
}
