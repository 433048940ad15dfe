package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ForeignKey;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.mssql.tds.Answer;
import dev.connections.mssql.tds.Query;
import dev.connections.mssql.tds.QueryAnswers;
import dev.connections.mssql.tds.ScriptedAnswers;
import dev.connections.testkit.TestOperation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the contract does on a server that isn't ours works: it makes its schema, finds it, and
 * leaves nothing behind. Here the server is the endpoint, which understands what is made.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealServerTest {
  private static final String SCHEMA = RealServer.SCHEMA;

  private final SmallShop shop = new SmallShop(Duration.ZERO, this::understanding);
  private int schema;
  private int customers;

  @AfterEach
  void close() {
    shop.close();
  }

  /** What becomes of the catalog, by the beginning of a statement. */
  private QueryAnswers understanding(QueryAnswers answers) {
    Map<String, Consumer<SysCatalog>> changes =
        Map.of(
            "create schema " + SCHEMA, catalog -> schema = catalog.schema(SCHEMA),
            "create table " + SCHEMA + ".customers", this::customers,
            "create table " + SCHEMA + ".orders", this::orders,
            "create view " + SCHEMA + ".names", this::names,
            "drop schema if exists " + SCHEMA, this::dropped);
    // The tables go with their schema, which H2 wants to know before it drops anything in it.
    ScriptedAnswers script =
        ScriptedAnswers.over(answers)
            .when("drop view if exists", query -> Answer.done())
            .when("drop table if exists", query -> Answer.done());
    changes.forEach(
        (beginning, change) ->
            script.when(
                query -> query.text().startsWith(beginning),
                Integer.MAX_VALUE,
                query -> {
                  change.accept(shop.catalog);
                  return answers.answer(query);
                }));
    return script;
  }

  private void customers(SysCatalog catalog) {
    customers = catalog.table(schema, "customers");
    catalog.column(customers, 1, "id", "int");
    catalog.column(customers, 2, "name", "nvarchar");
    catalog.primaryKey(customers, "pk", 1);
  }

  private void orders(SysCatalog catalog) {
    int orders = catalog.table(schema, "orders");
    catalog.column(orders, 1, "id", "int");
    catalog.column(orders, 2, "customer", "int");
    catalog.foreignKey(orders, "fk", 2, customers);
  }

  private void names(SysCatalog catalog) {
    int names = catalog.view(schema, "names", "create view …");
    catalog.column(names, 1, "name", "nvarchar");
  }

  private void dropped(SysCatalog catalog) {
    catalog.run(
        "drop schema if exists " + SCHEMA + " cascade",
        "delete from sys.schemas where name = '" + SCHEMA + "'");
  }

  private RealServer named() throws SQLException {
    return RealServer.named(
        "jdbc:sqlserver://localhost:" + shop.server().port() + ";databaseName=shop;encrypt=false",
        "reader",
        SmallShop.PASSWORD);
  }

  @Test
  void a_server_that_a_url_names_gets_a_schema_of_ours_that_is_read_and_taken_away()
      throws SQLException {
    try (RealServer server = named();
        Opened opened = Opened.of(server.values())) {
      Map<TableName, TableMetadata> tables = opened.imported().tables();

      SchemaName ours = SchemaName.of(SCHEMA);
      assertThat(tables)
          .containsKeys(RealServer.CUSTOMERS, ours.table("orders"), ours.table("names"));
      assertThat(tables.get(ours.table("orders")).foreignKeys())
          .extracting(ForeignKey::references)
          .containsExactly(RealServer.CUSTOMERS);
    }
    assertThat(shop.server().queries())
        .extracting(Query::text)
        .contains("drop schema if exists " + SCHEMA);
    try (Opened opened = Opened.of(shop.values())) {
      assertThat(opened.adapter().listSchemas(TestOperation.start()))
          .extracting(SchemaInfo::name)
          .doesNotContain(SchemaName.of(SCHEMA));
    }
  }
}
