package dev.connections.mssql.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.mssql.tds.H2Answers;
import dev.connections.mssql.tds.LoginAnswer;
import dev.connections.mssql.tds.Logins;
import dev.connections.mssql.tds.QueryAnswers;
import dev.connections.mssql.tds.ScriptedAnswers;
import dev.connections.mssql.tds.ServerError;
import dev.connections.mssql.tds.TdsServer;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A small database behind the endpoint: the driver connects to it as to a SQL Server, and its
 * catalog is asked by the adapter's own queries.
 */
public final class SmallShop implements AutoCloseable {
  /** Whoever knows it is let in. */
  public static final String PASSWORD = "geheim-4711";

  final SysCatalog catalog = new SysCatalog();
  private final int sales;
  private final TdsServer server;

  /** Starts one that answers at once. */
  public SmallShop() {
    this(Duration.ZERO, answers -> answers);
  }

  /**
   * Starts one.
   *
   * @param latency how long each round trip takes
   * @param answers makes of the true answers those that are given
   */
  public SmallShop(Duration latency, UnaryOperator<QueryAnswers> answers) {
    sales = catalog.schema("sales");
    int customers = catalog.table(sales, "customers");
    catalog.column(customers, 1, "id", SysCatalog.TYPES.get("int"), 4, 10, 0);
    catalog.column(customers, 2, "name", SysCatalog.TYPES.get("nvarchar"), 200, 0, 0);
    catalog.primaryKey(customers, "pk_customers", 1);
    catalog.insert("extended_properties", 1, customers, 2, "MS_Description", "As she says it");
    int names = catalog.view(sales, "names", "create view sales.names as select name from …");
    catalog.column(names, 1, "name", SysCatalog.TYPES.get("nvarchar"), 200, 0, 0);
    catalog.schema("empty");
    catalog.many(sales, 40);
    catalog.run(
        "create schema sales",
        "create table sales.customers (id int, name nvarchar(100))",
        "insert into sales.customers values (1, 'Ada'), (2, null), (3, 'Alan')");
    server =
        TdsServer.builder()
            .logins(logins())
            .latency(latency)
            .answers(
                answers.apply(ScriptedAnswers.over(new H2Answers(catalog::connect, sql -> sql))))
            .start();
  }

  private static Logins logins() {
    return request -> {
      if (request.user().equals("locked")) {
        return LoginAnswer.refused(ServerError.of(18486));
      }
      if (request.user().equals("late")) {
        return LoginAnswer.refused(ServerError.of(18488));
      }
      if (!request.hasPassword(PASSWORD)) {
        return LoginAnswer.refused(ServerError.of(18456));
      }
      return request.database().equals("shop")
          ? LoginAnswer.accepted()
          : LoginAnswer.refused(ServerError.of(4060), ServerError.of(18456));
    };
  }

  /** Adds a table to the schema sales, whose columns are called and typed as these types are. */
  public void addTable(String name, String... types) {
    int table = catalog.table(sales, name);
    for (int i = 0; i < types.length; i++) {
      int type = SysCatalog.TYPES.get(types[i]);
      catalog.column(table, i + 1, types[i], type, 8, 18, 4);
    }
  }

  /** {@return the endpoint} */
  public TdsServer server() {
    return server;
  }

  /** {@return what to enter to be let in} */
  public ConfigurationValues values() {
    return Opened.values(server.port()).with("advanced.row_preview", true);
  }

  @Override
  public void close() {
    server.close();
    catalog.close();
  }
}
