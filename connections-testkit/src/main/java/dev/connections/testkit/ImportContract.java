package dev.connections.testkit;

import static dev.connections.testkit.AdapterTrial.importInto;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ForeignKey;
import dev.connections.api.ImportEnd;
import dev.connections.api.KeyConstraint;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.testkit.RecordingSink.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What an import brings. */
interface ImportContract extends AdapterUnderTest {
  /** So many tables are read one by one, to be compared with the import. */
  int COMPARED = 50;

  @Test
  default void an_import_lists_what_browsing_lists(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    List<TableName> browsed = new ArrayList<>();
    for (SchemaInfo schema : adapter.listSchemas(TestOperation.start())) {
      AdapterTrial.browse(adapter, TableQuery.of(schema.name())).stream()
          .map(TableInfo::name)
          .forEach(browsed::add);
    }

    assertThat(trial.imported(adapter).listed())
        .as("tables that the import listed")
        .containsExactlyInAnyOrderElementsOf(browsed);
  }

  @Test
  default void a_table_read_by_itself_equals_the_same_table_read_in_bulk(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    RecordingSink sink = trial.imported(adapter);

    assertThat(sink.tables()).as("imported tables").containsKey(trial.table());
    sink.tables().values().stream()
        .limit(COMPARED)
        .forEach(bulk -> assertEqual(AdapterTrial.read(adapter, bulk.name()), bulk));
  }

  private static void assertEqual(TableMetadata single, TableMetadata bulk) {
    Set<Section> both = EnumSet.noneOf(Section.class);
    both.addAll(single.loaded());
    both.retainAll(bulk.loaded());
    assertThat(both).as("sections loaded both ways").contains(Section.COLUMNS);
    assertThat(single.only(both))
        .as("%s read by itself, compared with bulk, on %s", single.name().display(), both)
        .usingRecursiveComparison()
        .ignoringFields("notices")
        .isEqualTo(bulk.only(both));
  }

  @Test
  default void what_a_table_says_of_itself_fits_together(AdapterTrial trial) {
    RecordingSink sink = trial.imported(trial.open());

    assertThat(sink.tables().values())
        .allSatisfy(
            table -> {
              List<String> columns = table.columns().stream().map(Column::name).toList();
              String name = table.name().display();
              assertThat(columns).as("columns of %s", name).doesNotHaveDuplicates();
              table.primaryKey().ifPresent(key -> checkKey(name, key, columns));
              table.uniqueKeys().forEach(key -> checkKey(name, key, columns));
              table.foreignKeys().forEach(key -> checkForeignKey(name, key, columns));
              assertThat(table)
                  .as("%s holds only what it says was loaded", name)
                  .isEqualTo(table.only(table.loaded()));
            });
  }

  private static void checkKey(String table, KeyConstraint key, List<String> columns) {
    assertThat(columns).as("columns of a key of %s", table).containsAll(key.columns());
  }

  private static void checkForeignKey(String table, ForeignKey key, List<String> columns) {
    assertThat(columns).as("columns of a foreign key of %s", table).containsAll(key.columns());
    assertThat(key.referencedColumns())
        .as("columns referred to by a foreign key of %s", table)
        .hasSameSizeAs(key.columns());
  }

  @Test
  default void tables_asked_for_by_name_are_read_and_nothing_else_is_listed(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    TableName missing = trial.missingTable();
    RecordingSink sink = trial.sink();

    importInto(sink, adapter, TestSelection.everything().named(trial.table(), missing));

    assertThat(sink.listed()).as("listed tables").isSubsetOf(trial.table(), missing);
    assertThat(sink.listed()).as("listed tables").contains(trial.table());
    assertThat(sink.events(Event.ListingComplete.class))
        .as("schemas told complete though nothing was listed")
        .isEmpty();
    assertThat(sink.tables()).as("tables read").containsOnlyKeys(trial.table());
    assertThat(sink.events(Event.Failed.class))
        .as("failures")
        .hasSize(1)
        .allSatisfy(
            failed -> {
              assertThat(failed.table()).isEqualTo(missing);
              assertThat(failed.failure().code().id()).isEqualTo(StandardErrorCode.NOT_FOUND.id());
            });
    sink.tables()
        .values()
        .forEach(named -> assertEqual(AdapterTrial.read(adapter, trial.table()), named));
  }

  @Test
  default void schemas_that_are_not_wanted_are_not_listed(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    SchemaName excluded = trial.table().schema();
    RecordingSink sink = trial.sink();

    importInto(
        sink, adapter, TestSelection.everything().schemas(schema -> !schema.equals(excluded)));

    assertThat(sink.listed()).as("listed tables").noneMatch(in(excluded));
    assertThat(sink.tables().keySet()).as("tables read").noneMatch(in(excluded));
    assertThat(sink.events(Event.ListingComplete.class))
        .as("schemas told complete")
        .noneMatch(complete -> complete.schema().equals(excluded));
  }

  private static Predicate<TableName> in(SchemaName schema) {
    return table -> table.schema().equals(schema);
  }

  @Test
  default void columns_come_when_only_columns_are_wanted(AdapterTrial trial) {
    RecordingSink sink = trial.sink();

    importInto(
        sink, trial.open(), TestSelection.everything().sections(EnumSet.of(Section.COLUMNS)));

    assertThat(sink.tables().values())
        .as("tables read")
        .isNotEmpty()
        .allMatch(table -> table.loaded().contains(Section.COLUMNS), "with columns");
  }

  @Test
  default void two_imports_at_once_bring_the_same(AdapterTrial trial) throws Exception {
    ConnectionAdapter adapter = trial.open();
    RecordingSink alone = trial.imported(adapter);
    Bounded<RecordingSink> first = Bounded.start("an import", () -> trial.imported(adapter));
    Bounded<RecordingSink> second = Bounded.start("an import", () -> trial.imported(adapter));

    assertThat(first.await(Bounded.PATIENT).tables()).isEqualTo(alone.tables());
    assertThat(second.await(Bounded.PATIENT).tables()).isEqualTo(alone.tables());
  }

  @Test
  default void an_import_without_changes_reports_nothing(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    ImportEnd end = importInto(trial.sink(), adapter, TestSelection.everything());

    if (end instanceof ImportEnd.Done done && done.marker().isPresent()) {
      RecordingSink sink = trial.sink();
      ImportEnd next =
          importInto(sink, adapter, TestSelection.everything().since(done.marker().orElseThrow()));
      if (next instanceof ImportEnd.Unchanged) {
        assertThat(sink.events()).as("what was told though nothing changed").isEmpty();
      }
    }
  }
}
