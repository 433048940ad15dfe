package dev.connections.testkit;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Quota;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A source that exists in memory only, with secrets, and the levers a test pulls at it: latency,
 * faults, refused credentials, calls that hang. {@link #provider} is the plugin that connects to
 * it.
 *
 * <p>A source holds as many schemas, tables and columns as the connection's configuration says;
 * they are computed, so size takes no memory. Several sources live side by side. Safe for any
 * thread; what a test sets holds from the next round trip on.
 */
public final class SyntheticSource {
  private final String typeId;
  private final String displayName;
  private final String host = "synthetic.example.com";
  private final int port = 4711;
  private final String username;
  private final Canary password = Canary.create("password");
  private final Canary token = Canary.create("token");
  private final SyntheticCounts counts = new SyntheticCounts();
  private final SyntheticFaults faults = new SyntheticFaults();
  private final Map<TableName, Failure> failingTables = new ConcurrentHashMap<>();
  private final Map<SchemaName, Failure> failingListings = new ConcurrentHashMap<>();
  private final Set<TableName> forgotten = ConcurrentHashMap.newKeySet();
  private final Set<TableName> removed = ConcurrentHashMap.newKeySet();
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final AtomicLong revision = new AtomicLong(1);
  private final SyntheticProvider provider;
  private volatile Optional<Failure> refusal = Optional.empty();
  private volatile boolean columnsInListing;
  private volatile boolean egressAsked;
  private volatile Optional<Quota> allowance = Optional.empty();

  private SyntheticSource(String typeId, String displayName) {
    this.typeId = typeId;
    this.displayName = displayName;
    this.username = "ada." + typeId;
    this.provider = new SyntheticProvider(this);
  }

  /** {@return a source of the type {@code synthetic}} */
  public static SyntheticSource create() {
    return ofType("synthetic", "Synthetic");
  }

  /**
   * {@return a source of a type of its own}
   *
   * @param id the type's id: lower-case letters, digits and hyphens
   * @param displayName what a user calls the type
   */
  public static SyntheticSource ofType(String id, String displayName) {
    return new SyntheticSource(id, displayName);
  }

  /** {@return the plugin that connects to this source; always the same} */
  public SyntheticProvider provider() {
    return provider;
  }

  /** {@return a configuration that works: user name and password, 2 schemas of 25 tables} */
  public ConfigurationValues configuration() {
    return ConfigurationValues.empty()
        .with("host", host)
        .with("port", port)
        .with("authentication.type", "basic")
        .with("authentication.username", username)
        .with("authentication.password", password.value());
  }

  /**
   * {@return a configuration that works, for a source of a size}
   *
   * @param schemas how many schemas
   * @param tables how many tables each schema has
   * @param columns how many columns each table has; at least 1
   */
  public ConfigurationValues configuration(int schemas, int tables, int columns) {
    return configuration()
        .with("advanced.schemas", schemas)
        .with("advanced.tables", tables)
        .with("advanced.columns", columns);
  }

  /** {@return a configuration that works: with a token} */
  public ConfigurationValues tokenConfiguration() {
    return configuration()
        .without("authentication.username")
        .without("authentication.password")
        .with("authentication.type", "token")
        .with("authentication.token", token.value());
  }

  /** {@return a configuration that works, as it was stored under version 1} */
  public ConfigurationValues storedUnderVersion1() {
    return ConfigurationValues.empty()
        .with("server", host)
        .with("login", username)
        .with("pass", password.value());
  }

  /** {@return the name under which the source answers} */
  public String host() {
    return host;
  }

  /** {@return the port at which the source answers} */
  public int port() {
    return port;
  }

  /** {@return the user name that the source accepts} */
  public String username() {
    return username;
  }

  /** {@return the password that the source accepts; a canary, to be looked for} */
  public Canary password() {
    return password;
  }

  /** {@return the token that the source accepts; a canary, to be looked for} */
  public Canary token() {
    return token;
  }

  /** {@return what was counted since the source was made} */
  public SyntheticCounts counts() {
    return counts;
  }

  /** {@return the levers for single round trips: latency, faults, hanging} */
  public SyntheticFaults faults() {
    return faults;
  }

  /**
   * {@return the name of a schema}
   *
   * @param number from 0
   */
  public static SchemaName schema(int number) {
    return SyntheticCatalog.schema(number);
  }

  /**
   * {@return the name of a table} Each tenth table, 9, 19 and so on, is a view.
   *
   * @param schema number of the schema, from 0
   * @param number of the table, from 0
   */
  public static TableName table(int schema, int number) {
    return SyntheticCatalog.table(schema, number);
  }

  /** From now on no credentials are accepted: {@link StandardErrorCode#WRONG_CREDENTIALS}. */
  public void refuseCredentials() {
    refusal = Optional.of(SyntheticFailures.wrongCredentials());
  }

  /** From now on the account is locked: {@link StandardErrorCode#ACCOUNT_LOCKED}. */
  public void lockAccount() {
    refusal = Optional.of(SyntheticFailures.accountLocked());
  }

  /** Takes {@link #refuseCredentials} and {@link #lockAccount} back. */
  public void acceptCredentials() {
    refusal = Optional.empty();
  }

  /**
   * From now on a table can't be read; it is listed all the same.
   *
   * @param table which one
   * @param code what goes wrong
   */
  public void failTable(TableName table, ErrorCode code) {
    failingTables.put(table, SyntheticFailures.table(code, table));
  }

  /**
   * From now on the adapter breaks its contract for a table: in an import it lists the table and
   * answers for it neither with metadata nor with a failure.
   *
   * @param table which one
   */
  public void forgetTable(TableName table) {
    forgotten.add(table);
  }

  /**
   * From now on a table doesn't exist.
   *
   * @param table which one
   */
  public void removeTable(TableName table) {
    removed.add(table);
    revision.incrementAndGet();
  }

  /**
   * From now on the tables of a schema can't be listed.
   *
   * @param schema which one
   * @param code what goes wrong
   */
  public void failListing(SchemaName schema, ErrorCode code) {
    failingListings.put(schema, SyntheticFailures.listing(code, schema));
  }

  /** Takes back what was said of single tables and schemas. */
  public void heal() {
    failingTables.clear();
    failingListings.clear();
    forgotten.clear();
    removed.clear();
    revision.incrementAndGet();
  }

  /** Tells the source that something changed: an import since an earlier marker reads again. */
  public void touch() {
    revision.incrementAndGet();
  }

  /**
   * Says whether the listing carries the columns, as it does with some vendors. The adapter then
   * asks to proceed first and lists and reads by turns; otherwise it lists everything, asks to
   * proceed, and reads.
   *
   * @param carried whether it does; not so at first
   */
  public void columnsInListing(boolean carried) {
    columnsInListing = carried;
  }

  /**
   * Says whether the adapter asks the egress policy for the host's addresses before it connects.
   * The host's name isn't one that the internet knows.
   *
   * @param asked whether it does; not so at first
   */
  public void askEgress(boolean asked) {
    egressAsked = asked;
  }

  /**
   * Has the source say with each answer how much of an allowance is used, or say nothing.
   *
   * @param quota what it says; empty for nothing, as at first
   */
  public void tellAllowance(Optional<Quota> quota) {
    allowance = quota;
  }

  Optional<Quota> allowance() {
    return allowance;
  }

  /** {@return the statements that were run, in order} */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  String typeId() {
    return typeId;
  }

  String displayName() {
    return displayName;
  }

  Optional<Failure> refusal() {
    return refusal;
  }

  Optional<Failure> failureOf(TableName table) {
    return failingTables.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(failingTables.get(table));
  }

  Optional<Failure> failureOfListing(SchemaName schema) {
    return Optional.ofNullable(failingListings.get(schema));
  }

  boolean isForgotten(TableName table) {
    return !forgotten.isEmpty() && forgotten.contains(table);
  }

  boolean isRemoved(TableName table) {
    return !removed.isEmpty() && removed.contains(table);
  }

  boolean columnsInListing() {
    return columnsInListing;
  }

  boolean egressAsked() {
    return egressAsked;
  }

  String revision() {
    return Long.toString(revision.get());
  }

  void ran(String statement) {
    statements.add(statement);
  }
}
