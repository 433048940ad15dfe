package dev.connections.simulators;

import dev.connections.simulators.internal.SimulatorServer;
import dev.connections.simulators.internal.servicenow.Behaviour;
import dev.connections.simulators.internal.servicenow.HourlyLimit;
import dev.connections.simulators.internal.servicenow.Instance;
import dev.connections.simulators.internal.servicenow.OAuthTokens;
import dev.connections.simulators.internal.servicenow.Rights;
import dev.connections.simulators.internal.servicenow.ServiceNowService;
import dev.connections.simulators.internal.servicenow.SignIn;
import dev.connections.simulators.internal.servicenow.SignedStatements;
import java.net.URI;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * A ServiceNow instance: the Table API, the Aggregate API and OAuth, over data that is generated or
 * loaded.
 *
 * <pre>{@code
 * try (ServiceNowSimulator instance = ServiceNowSimulator.withTables(5_000).start()) {
 *   // instance.url(), instance.user(), instance.password()
 * }
 * }</pre>
 *
 * <p>It keeps what clients stumble over: the limit of a page is applied before the rights, so a
 * page may be short or empty while there are more; parts of a query that it can't read are left out
 * without a word; without an order, rows come in another one each time. Safe for use by several
 * threads.
 */
public final class ServiceNowSimulator implements Simulator {
  /** What becomes of a range query or an order on a table whose rights forbid them. */
  public enum Ranges {
    /** They are allowed. */
    ALLOWED,
    /** They are left out, without a word. */
    IGNORED,
    /** The request is refused with status 403. */
    REFUSED
  }

  /** How the instance treats a right user name and password. */
  public enum BasicSignIn {
    /** They are enough. */
    ALLOWED,
    /** A policy refuses them; the answer is the same as to a wrong password. */
    BLOCKED,
    /** A second factor is missing: status 401 with the header {@code X-MFA_TOKEN: invalid}. */
    SECOND_FACTOR
  }

  private static final String USER = "integration.user";
  private static final String PASSWORD = "simulated-password";
  private static final String CLIENT_ID = "simulated-client";
  private static final String CLIENT_SECRET = "simulated-client-secret";

  private final SimulatorServer server;
  private final Instance instance;
  private final Rights rights = new Rights();
  private final Behaviour behaviour = new Behaviour();
  private final OAuthTokens tokens;
  private final SignedStatements statements;
  private final SignIn signIn;
  private final HourlyLimit limit;

  ServiceNowSimulator(Instance instance, Clock clock) {
    this.instance = instance;
    tokens = new OAuthTokens(clock);
    statements = new SignedStatements(CLIENT_ID, clock);
    signIn = new SignIn(Map.of(USER, PASSWORD), tokens);
    limit = new HourlyLimit(clock);
    AtomicReference<String> url = new AtomicReference<>("");
    server =
        SimulatorServer.start(
            new ServiceNowService(
                instance,
                rights,
                behaviour,
                signIn,
                limit,
                new ServiceNowService.OAuthClient(CLIENT_ID, CLIENT_SECRET, tokens, statements),
                url::get));
    url.set(server.url().toString());
  }

  /**
   * An instance with generated tables: the same ones each time.
   *
   * @param tables how many tables {@code sys_db_object} lists
   * @return a builder; twenty columns per table unless it is told otherwise
   */
  public static ServiceNowBuilder withTables(int tables) {
    return new ServiceNowBuilder(tables);
  }

  /**
   * An instance whose own tables are there and empty, to be loaded or filled.
   *
   * @return a builder
   */
  public static ServiceNowBuilder empty() {
    return new ServiceNowBuilder(0);
  }

  @Override
  public URI url() {
    return server.url();
  }

  /**
   * The one user.
   *
   * @return the name to sign in with
   */
  public String user() {
    return USER;
  }

  /**
   * The user's password.
   *
   * @return a made-up password
   */
  public String password() {
    return PASSWORD;
  }

  /**
   * The registered OAuth client.
   *
   * @return its id
   */
  public String clientId() {
    return CLIENT_ID;
  }

  /**
   * The secret of the registered OAuth client.
   *
   * @return a made-up secret
   */
  public String clientSecret() {
    return CLIENT_SECRET;
  }

  /**
   * Gives a refresh token to the user, as a consent in the browser would.
   *
   * @return a new token
   */
  public String newRefreshToken() {
    return tokens.newRefresh(USER);
  }

  /**
   * Lets the user in by statements that are signed with a key: the grant {@code jwt-bearer}. Issuer
   * and audience of a statement are {@link #clientId()}, its subject is {@link #user()}; it is good
   * once, and its times may be five minutes off.
   *
   * @param keyId the name by which statements refer to the key
   * @param key the public half, of RSA or of the curve P-256
   */
  public void trustKey(String keyId, PublicKey key) {
    statements.trust(keyId, key);
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
   * Says how user name and password are treated.
   *
   * @param treated from now on; allowed at first
   */
  public void basicSignIn(BasicSignIn treated) {
    signIn.basic(SignIn.Basic.valueOf(treated.name()));
  }

  /**
   * Says how long access tokens live.
   *
   * @param time of those given from now on; half an hour at first
   */
  public void tokenLifetime(Duration time) {
    tokens.lifetime(time);
  }

  /** Ends every access token now, as if its time were over. */
  public void expireTokens() {
    tokens.expireAccess();
  }

  /** Ends every refresh token now. */
  public void revokeRefreshTokens() {
    tokens.revokeRefresh();
  }

  /**
   * Says whether each use of a refresh token replaces it by a new one and ends it.
   *
   * @param rotating from now on; false at first
   */
  public void rotateRefreshTokens(boolean rotating) {
    tokens.rotating(rotating);
  }

  /**
   * Allows so many requests in each full hour; further ones get status 429 with its headers.
   *
   * @param requests per hour, counted from now on
   */
  public void hourlyLimit(int requests) {
    limit.set(requests);
  }

  /**
   * Cancels the transaction of each page that would hold more rows.
   *
   * @param rows that a page may hold
   */
  public void cancelPagesAbove(int rows) {
    behaviour.mostRowsPerPage(rows);
  }

  /**
   * Says what becomes of a query with a part that can't be read.
   *
   * @param noRows true: it selects nothing; false, as at first: the part is left out
   */
  public void invalidQueriesReturnNoRows(boolean noRows) {
    behaviour.invalidQueriesReturnNoRows(noRows);
  }

  /**
   * Refuses a table: status 403.
   *
   * @param table its name
   */
  public void closeTable(String table) {
    rights.close(table);
  }

  /**
   * Leaves rows out of the answers, after the limit was applied. They count in {@code
   * X-Total-Count}.
   *
   * @param table its name
   * @param hidden which rows, by their values
   */
  public void hideRows(String table, Predicate<Map<String, String>> hidden) {
    rights.hideRows(table, hidden);
  }

  /**
   * Leaves a column out of the answers.
   *
   * @param table its name
   * @param column its element
   */
  public void hideColumn(String table, String column) {
    rights.hideColumn(table, column);
  }

  /**
   * Says what becomes of ranges ({@code >}, {@code STARTSWITH}, …) and orders on a table. What the
   * service answers without the right isn't published, hence the choice.
   *
   * @param table its name
   * @param ranges from now on; allowed at first
   */
  public void ranges(String table, Ranges ranges) {
    rights.range(table, Rights.Range.valueOf(ranges.name()));
  }

  /** Takes all limits of rights back. */
  public void openEverything() {
    rights.clear();
  }

  /**
   * Adds a row; a table or columns that don't exist come into being.
   *
   * @param table its name
   * @param row values by element, {@code sys_id} among them
   */
  public void insert(String table, Map<String, String> row) {
    instance.insert(table, row);
  }

  /**
   * Changes a row.
   *
   * @param table its name
   * @param id the row's {@code sys_id}
   * @param values the new ones by element; others stay
   * @throws IllegalArgumentException if there is no such table
   */
  public void update(String table, String id, Map<String, String> values) {
    instance.update(table, id, values);
  }

  /**
   * Takes a row out.
   *
   * @param table its name
   * @param id the row's {@code sys_id}
   * @throws IllegalArgumentException if there is no such table
   */
  public void delete(String table, String id) {
    instance.delete(table, id);
  }

  /**
   * The first row with a value, whoever may read it.
   *
   * @param table its name
   * @param column the element to look in
   * @param value what it holds
   * @return values by element; empty where there is none
   */
  public Map<String, String> find(String table, String column, String value) {
    return instance.find(table, column, value);
  }

  /**
   * How many rows a table holds, whoever may read them.
   *
   * @param table its name
   * @return their number; zero where there is no such table
   */
  public int rowCount(String table) {
    return instance.count(table);
  }

  @Override
  public void close() {
    server.close();
  }
}
