package dev.connections.simulators;

import dev.connections.simulators.internal.SimulatorServer;
import dev.connections.simulators.internal.databricks.CatalogApi;
import dev.connections.simulators.internal.databricks.Compute;
import dev.connections.simulators.internal.databricks.Lakehouse;
import dev.connections.simulators.internal.databricks.RateLimit;
import dev.connections.simulators.internal.databricks.Rows;
import dev.connections.simulators.internal.databricks.StatementsApi;
import dev.connections.simulators.internal.databricks.TableGenerator;
import dev.connections.simulators.internal.databricks.WorkspaceService;
import dev.connections.simulators.internal.databricks.WorkspaceTokens;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Databricks workspace: the REST interface of Unity Catalog, tokens, the states of compute, and
 * statements, answered by a script or from {@code information_schema}. It has a warehouse {@code
 * warehouse-1} and a cluster {@code cluster-1}, both running.
 *
 * <pre>{@code
 * try (DatabricksSimulator workspace = DatabricksSimulator.withTables(10_000, 40, 20)) {
 *   // workspace.url(), workspace.token()
 * }
 * }</pre>
 *
 * <p>A full page always has a token, so the last page may be empty; an unknown token gives an empty
 * page. Safe for use by several threads.
 */
public final class DatabricksSimulator implements Simulator {
  private static final String TOKEN = "dapi-simulated-token";
  private static final String CLIENT_ID = "simulated-service";
  private static final String CLIENT_SECRET = "simulated-service-secret";

  private final Lakehouse lakehouse = new Lakehouse();
  private final CatalogApi catalogs = new CatalogApi(lakehouse);
  private final Compute compute = new Compute();
  private final StatementsApi statements = new StatementsApi(compute, lakehouse, catalogs);
  private final RateLimit limit = new RateLimit();
  private final WorkspaceTokens tokens;
  private final WorkspaceService service;
  private final SimulatorServer server;

  private DatabricksSimulator(Clock clock) {
    tokens = new WorkspaceTokens(clock, TOKEN, CLIENT_ID, CLIENT_SECRET);
    service = new WorkspaceService(catalogs, compute, statements, tokens, limit);
    lakehouse.schema("main", "default");
    compute.warehouse("warehouse-1", "RUNNING");
    compute.cluster("cluster-1", "RUNNING");
    server = SimulatorServer.start(service);
  }

  /**
   * Starts a workspace whose catalog {@code main} has the empty schema {@code default}.
   *
   * @return the running service, to be closed
   */
  public static DatabricksSimulator start() {
    return start(Clock.systemUTC());
  }

  /**
   * Starts a workspace whose catalog {@code main} has the empty schema {@code default}.
   *
   * @param clock what the life of granted tokens is measured by
   * @return the running service, to be closed
   */
  public static DatabricksSimulator start(Clock clock) {
    return new DatabricksSimulator(clock);
  }

  /**
   * Starts a workspace with generated tables in the catalog {@code main}: the same ones each time.
   *
   * @param tables how many, spread over the schemas {@code schema_000}, {@code schema_001}, …
   * @param schemas how many of these there are
   * @param columns how many each table has
   * @return the running service, to be closed
   */
  public static DatabricksSimulator withTables(int tables, int schemas, int columns) {
    DatabricksSimulator workspace = start();
    TableGenerator.into(workspace.lakehouse, "main", tables, schemas, columns);
    return workspace;
  }

  @Override
  public URI url() {
    return server.url();
  }

  /**
   * A personal access token that the workspace knows.
   *
   * @return a made-up token
   */
  public String token() {
    return TOKEN;
  }

  /**
   * The service principal's OAuth client.
   *
   * @return its id
   */
  public String clientId() {
    return CLIENT_ID;
  }

  /**
   * The secret of the service principal's OAuth client.
   *
   * @return a made-up secret
   */
  public String clientSecret() {
    return CLIENT_SECRET;
  }

  @Override
  public RequestLog requests() {
    return server.requests();
  }

  @Override
  public Faults faults() {
    return server.faults();
  }

  @Override
  public void latency(Duration time) {
    server.latency(time);
  }

  /**
   * Adds a catalog, or leaves the one that is there.
   *
   * @param name of the catalog
   */
  public void addCatalog(String name) {
    lakehouse.catalog(name);
  }

  /**
   * Adds a schema, and its catalog where there is none.
   *
   * @param catalog its catalog
   * @param name of the schema
   */
  public void addSchema(String catalog, String name) {
    lakehouse.schema(catalog, name);
  }

  /**
   * Adds an object to a schema, which comes into being where there is none.
   *
   * @param kind {@code tables}, {@code volumes}, {@code functions} or {@code models}
   * @param catalog its catalog
   * @param schema its schema
   * @param name its own name
   * @param json what is answered for it
   */
  public void add(String kind, String catalog, String schema, String name, String json) {
    lakehouse.object(kind, catalog, schema, name, () -> json);
  }

  /**
   * Adds the objects of a recorded answer, such as <code>{"tables":[…]}</code>.
   *
   * @param file with the answer
   * @throws java.io.UncheckedIOException if it can't be read
   */
  public void load(Path file) {
    lakehouse.load(file);
  }

  /**
   * Adds an external location.
   *
   * @param name of the location
   * @param url where it is, such as {@code s3://bucket/path}
   */
  public void addExternalLocation(String name, String url) {
    lakehouse.location(name, url);
  }

  /**
   * Takes a table away.
   *
   * @param catalog its catalog
   * @param schema its schema
   * @param table its own name
   */
  public void dropTable(String catalog, String schema, String table) {
    lakehouse.drop(catalog, schema, table);
  }

  /**
   * Shows a table only to requests with {@code include_browse=true}, and marks it there.
   *
   * @param fullName catalog, schema and table, joined by dots
   */
  public void browseOnly(String fullName) {
    lakehouse.browseOnly(fullName);
  }

  /**
   * Refuses a catalog or a schema with status 403.
   *
   * @param fullName a catalog, or catalog and schema joined by a dot
   */
  public void close(String fullName) {
    catalogs.close(fullName);
  }

  /**
   * How many objects a page holds unless fewer are asked for.
   *
   * @param size from now on; fifty at first
   */
  public void pageSize(int size) {
    catalogs.pageSize(size);
  }

  /**
   * Says whether a metastore is assigned to the workspace.
   *
   * @param on from now on; true at first
   */
  public void unityCatalog(boolean on) {
    service.unityCatalog(on);
  }

  /**
   * Refuses more requests with status 429.
   *
   * @param perSecond so many are answered in any second
   * @param atOnce so many are answered at the same time
   */
  public void rateLimit(int perSecond, int atOnce) {
    limit.set(perSecond, atOnce);
  }

  /**
   * How many requests the limits refused.
   *
   * @return their number since the start
   */
  public long refused() {
    return limit.refused();
  }

  /**
   * Adds a warehouse or changes its state.
   *
   * @param id of the warehouse
   * @param state such as {@code RUNNING}, {@code STOPPED} or {@code STARTING}
   */
  public void warehouse(String id, String state) {
    compute.warehouse(id, state);
  }

  /**
   * Adds a cluster or changes its state.
   *
   * @param id of the cluster
   * @param state such as {@code RUNNING} or {@code TERMINATED}
   */
  public void cluster(String id, String state) {
    compute.cluster(id, state);
  }

  /**
   * Says how often a warehouse or cluster that was started is looked at until it runs. A
   * statement's state counts as a look at its warehouse.
   *
   * @param looks from now on; one at first
   */
  public void computeStartsAfter(int looks) {
    compute.startsAfter(looks);
  }

  /**
   * Answers statements that hold a text. Queries of {@code information_schema} need no script: they
   * are answered from what the workspace holds. Others fail with SQL state 42601. A statement
   * starts a stopped warehouse.
   *
   * @param containing part of the statement's text
   * @param columns names of the result's columns
   * @param rows values by column
   */
  public void statement(String containing, List<String> columns, List<List<String>> rows) {
    statements.script(containing, new Rows(columns, rows));
  }

  /**
   * Lets statements that hold a text fail.
   *
   * @param containing part of the statement's text
   * @param errorClass such as {@code INSUFFICIENT_PERMISSIONS}
   * @param sqlState such as {@code 42501}
   */
  public void refuseStatement(String containing, String errorClass, String sqlState) {
    statements.refuse(containing, errorClass, sqlState);
  }

  /**
   * Adds a relation that statements may query, such as {@code system.access.table_lineage} or
   * {@code main.information_schema.table_tags}.
   *
   * @param fullName catalog, schema and name, joined by dots
   * @param columns names of its columns
   * @param rows values by column; null where there is none
   */
  public void relation(
      String fullName, List<String> columns, List<? extends List<@Nullable String>> rows) {
    statements.relation(fullName, new Rows(columns, rows));
  }

  /**
   * Says how often the state of a statement is asked for until it is done.
   *
   * @param questions from now on; one at first
   */
  public void statementsDoneAfter(int questions) {
    statements.doneAfter(questions);
  }

  /**
   * Says how many rows of a statement come in one chunk.
   *
   * @param rows from now on; 10,000 at first
   */
  public void rowsPerChunk(int rows) {
    statements.chunk(rows);
  }

  /**
   * Says how large the result of a statement may be.
   *
   * @param bytes from now on; 25 MiB at first
   */
  public void inlineLimit(long bytes) {
    statements.inlineLimit(bytes);
  }

  /**
   * The statements that were submitted.
   *
   * @return their texts, in order
   */
  public List<String> statements() {
    return statements.texts();
  }

  /**
   * How many statements were cancelled.
   *
   * @return their number since the start
   */
  public int cancelledStatements() {
    return statements.cancelled();
  }

  /**
   * Says how long granted tokens live.
   *
   * @param time of those given from now on; an hour at first
   */
  public void tokenLifetime(Duration time) {
    tokens.lifetime(time);
  }

  /** Forgets every granted token now. */
  public void expireTokens() {
    tokens.expire();
  }

  @Override
  public void close() {
    server.close();
  }
}
