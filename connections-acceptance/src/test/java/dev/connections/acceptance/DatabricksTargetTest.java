package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.ForeignKey;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.targets.DatabricksDdl;
import dev.connections.core.targets.TargetLayout;
import dev.connections.databricks.CatalogWriter;
import dev.connections.databricks.ExternalTable;
import dev.connections.databricks.WritePlan;
import dev.connections.databricks.WriteReport;
import dev.connections.simulators.DatabricksSimulator;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From one workspace to another: what is imported becomes a script, and the script is applied. */
final class DatabricksTargetTest {
  private final DatabricksSimulator source = DatabricksSimulator.withTables(30, 2, 10);
  private final DatabricksSimulator target = DatabricksSimulator.start();
  private final Connections connections = Connections.builder().keys(KeySource.ephemeral()).build();
  private final TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));

  DatabricksTargetTest() {
    source.add(
        "tables",
        "main",
        "shop",
        "people",
        "{\"name\":\"people\",\"comment\":\"it's ${mine}; --"
            + " `all`\",\"columns\":[{\"name\":\"id\",\"type_text\":\"bigint\",\"nullable\":false},{\"name\":\"größe"
            + " 'x'\",\"type_text\":\"map<string,struct<a:int>>\"}],"
            + "\"table_constraints\":[{\"primary_key_constraint\":{\"name\":\"people_pk\",\"child_columns\":[\"id\"]}}]}");
    source.add(
        "tables",
        "main",
        "shop",
        "orders",
        "{\"name\":\"orders\",\"columns\":[{\"name\":\"person\",\"type_text\":\"bigint\"}],\"table_constraints\":["
            + "{\"foreign_key_constraint\":{\"name\":\"orders_fk\",\"child_columns\":[\"person\"],\"parent_table\":"
            + "\"main.shop.people\",\"parent_columns\":[\"id\"]}}]}");
    target.addCatalog("lake");
  }

  @AfterEach
  void close() {
    connections.close();
    source.close();
    target.close();
  }

  private Connection connection(DatabricksSimulator workspace, String catalog) {
    return mine.create(
        ConnectionDraft.of("databricks", catalog)
            .set("workspace_url", workspace.url().toString())
            .set("authentication.token", workspace.token())
            .set("catalog", catalog)
            .set("compute.warehouse_id", "warehouse-1"));
  }

  private String script() {
    StringWriter script = new StringWriter();
    mine.importMetadata(
            connection(source, "main").id(),
            ImportOptions.all(),
            ImportListener.into(DatabricksDdl.to(script, TargetLayout.in("lake"))))
        .join()
        .orThrow();
    return script.toString();
  }

  private Map<TableName, TableMetadata> imported(Connection connection) {
    Map<TableName, TableMetadata> tables = new ConcurrentHashMap<>();
    mine.importMetadata(
            connection.id(),
            ImportOptions.all(),
            new ImportListener() {
              @Override
              public void table(TableMetadata table) {
                tables.put(table.name(), table);
              }
            })
        .join()
        .orThrow();
    return tables;
  }

  @Test
  void a_script_is_planned_applied_and_read_back_and_a_second_run_changes_nothing() {
    String script = script();
    Connection lake = connection(target, "lake");

    WriteReport first =
        mine.use(
            lake.id(),
            CatalogWriter.class,
            (writer, operation) -> {
              WritePlan plan = writer.plan(script, operation);
              assertThat(plan.refused()).isEmpty();
              assertThat(plan.statements()).noneMatch(WritePlan.Statement::present);
              assertThat(target.statements()).isEmpty();
              return writer.apply(plan, outcome -> {}, operation);
            });

    assertThat(first.outcomes())
        .allSatisfy(
            outcome -> assertThat(outcome.failure()).as(outcome.statement().text()).isEmpty());
    assertThat(first.complete()).isTrue();
    Map<TableName, TableMetadata> written = imported(lake);
    assertThat(written).hasSize(32);
    SchemaName shop =
        written.keySet().stream()
            .filter(name -> name.table().equals("people"))
            .findFirst()
            .orElseThrow()
            .schema();
    TableMetadata people = written.get(shop.table("people"));
    assertThat(people.info().description()).contains("it's ${mine}; -- `all`");
    assertThat(people.primaryKey().orElseThrow().columns()).containsExactly("id");
    ForeignKey reference = written.get(shop.table("orders")).foreignKeys().get(0);
    assertThat(reference.references()).isEqualTo(shop.table("people"));

    WriteReport second =
        mine.use(
            lake.id(),
            CatalogWriter.class,
            (writer, operation) -> {
              WritePlan plan = writer.plan(script, operation);
              assertThat(plan.statements())
                  .filteredOn(statement -> statement.kind() == WritePlan.Kind.CREATE_TABLE)
                  .hasSize(32)
                  .allMatch(WritePlan.Statement::present);
              return writer.apply(plan, outcome -> {}, operation);
            });
    assertThat(second.complete()).isTrue();
    assertThat(imported(lake)).isEqualTo(written);
  }

  @Test
  void an_external_table_is_registered_with_its_tags() {
    ExternalTable table =
        new ExternalTable(
            SchemaName.of("lake", "raw").table("events"),
            ExternalTable.Format.PARQUET,
            "s3://lake/raw/events",
            Map.of("tier", "it's raw"));
    Connection lake = connection(target, "lake");

    mine.use(
        lake.id(),
        CatalogWriter.class,
        (writer, operation) ->
            writer.apply(
                writer.plan("CREATE SCHEMA IF NOT EXISTS lake.raw;\n" + table.script(), operation),
                outcome -> {},
                operation));

    assertThat(target.statements())
        .contains(
            "CREATE TABLE IF NOT EXISTS `lake`.`raw`.`events` USING PARQUET LOCATION"
                + " 's3://lake/raw/events'");
    assertThat(imported(lake).keySet()).extracting(TableName::table).containsExactly("events");
  }

  @Test
  void a_connection_without_a_warehouse_offers_no_writing() {
    Connection without =
        mine.create(
            ConnectionDraft.of("databricks", "Lake")
                .set("workspace_url", target.url().toString())
                .set("authentication.token", target.token()));

    assertThatThrownBy(
            () -> mine.use(without.id(), CatalogWriter.class, (writer, operation) -> writer))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            refused -> assertThat(refused.code()).isEqualTo(StandardErrorCode.UNSUPPORTED));
  }
}
