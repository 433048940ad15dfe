package dev.connections.testkit;

import static dev.connections.testkit.AdapterTrial.browse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Listing schemas and tables, and reading one table. */
interface BrowsingContract extends AdapterUnderTest {
  @Test
  default void schemas_are_listed_once_and_in_order(AdapterTrial trial) {
    List<SchemaName> schemas =
        trial.open().listSchemas(TestOperation.start()).stream().map(SchemaInfo::name).toList();

    assertThat(schemas).as("schemas").isSorted().doesNotHaveDuplicates();
    assertThat(schemas).as("schemas").contains(trial.table().schema());
  }

  @Test
  default void pages_show_every_table_once(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    TableQuery query = TableQuery.of(trial.table().schema());

    List<TableName> whole = names(browse(adapter, query));
    assertThat(whole).as("tables").doesNotHaveDuplicates().contains(trial.table());
    assertThat(whole).allMatch(name -> name.schema().equals(query.schema()), "in the schema");
    List<TableName> paged =
        names(browse(adapter, query.limit(Math.max(1, Math.min(7, whole.size() / 3)))));

    assertThat(paged).as("tables by short pages").containsExactlyInAnyOrderElementsOf(whole);
  }

  @Test
  default void a_part_of_the_name_filters_without_regard_to_case(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    String name = trial.table().table();
    String part = name.substring(name.length() / 2);
    TableQuery query = TableQuery.of(trial.table().schema());

    for (String asked :
        List.of(
            part,
            lower(part),
            lower(name),
            part.toUpperCase(Locale.ROOT),
            name.toUpperCase(Locale.ROOT))) {
      assertThat(names(browse(adapter, query.nameContains(asked))))
          .as("tables whose name contains '%s'", asked)
          .contains(trial.table())
          .allMatch(
              found -> lower(found.table()).contains(lower(asked)), "with the part in the name");
    }
    assertThat(browse(adapter, query.nameContains("no_such_table_4711"))).isEmpty();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static List<TableName> names(List<TableInfo> tables) {
    return tables.stream().map(TableInfo::name).toList();
  }

  @Test
  default void an_unknown_schema_is_not_found(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    SchemaName missing = AdapterTrial.missingSchema(trial.table().schema());

    ConnectionException thrown =
        AdapterTrial.failureOf(
            "listing an unknown schema",
            () -> adapter.listTables(TableQuery.of(missing), TestOperation.start()));

    assertThat(thrown.code().id()).isEqualTo(StandardErrorCode.NOT_FOUND.id());
  }

  @Test
  default void an_unknown_table_is_not_found(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    List<TableName> unknown =
        List.of(
            trial.missingTable(),
            AdapterTrial.missingSchema(trial.table().schema()).table(trial.table().table()));

    for (TableName table : unknown) {
      ConnectionException thrown =
          AdapterTrial.failureOf(
              "reading an unknown table", () -> AdapterTrial.read(adapter, table));

      assertThat(thrown.code().id()).isEqualTo(StandardErrorCode.NOT_FOUND.id());
    }
  }

  @Test
  default void a_listed_table_can_be_read(AdapterTrial trial) {
    TableMetadata metadata = AdapterTrial.read(trial.open(), trial.table());

    assertThat(metadata.name()).isEqualTo(trial.table());
    assertThat(metadata.loaded()).as("loaded sections").contains(Section.COLUMNS);
  }
}
