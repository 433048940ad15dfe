package dev.connections.mssql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.Failure;
import dev.connections.api.NoticeCode;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.api.TestSteps;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.ConnectionCheck;
import dev.connections.jdbc.DatabaseFailures;
import dev.connections.jdbc.RoutedSocketFactory;
import dev.connections.jdbc.Session;
import java.io.IOException;
import java.net.Socket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the test of a connection asks a SQL Server. */
final class MssqlQuestions implements ConnectionCheck.Questions {
  /** From here the server counts its seconds: they fit into its whole numbers until 2088. */
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

  /** How far a time zone may be from Greenwich: 18 hours. */
  private static final int MOST_MINUTES = ZoneOffset.MAX.getTotalSeconds() / 60;

  private static final int AZURE_DATABASE = 5;
  private static final int AZURE_INSTANCE = 8;

  private final MssqlDriver driver;
  private final DatabaseFailures failures;
  private final Clock clock;
  private final Configuration configuration;

  MssqlQuestions(
      MssqlDriver driver, DatabaseFailures failures, Clock clock, Configuration configuration) {
    this.driver = driver;
    this.failures = failures;
    this.clock = clock;
    this.configuration = configuration;
  }

  @Override
  public boolean encrypting() {
    return driver.encrypting();
  }

  @Override
  public boolean encryptionRequired() {
    return true;
  }

  @Override
  public int port(int configured, RoutedSocketFactory way) {
    return driver.port(way);
  }

  /** A strict server speaks nothing before it encrypts: there it must suffice that it listens. */
  @Override
  public boolean greet(Socket socket) throws IOException {
    return driver.strict()
        || Prelogin.greet(socket.getInputStream(), socket.getOutputStream())
            .orElseThrow(
                () ->
                    failures
                        .at(socket.getPort())
                        .of(StandardErrorCode.WRONG_PROTOCOL)
                        .asException());
  }

  @Override
  public ServerInfo server(Session session) throws SQLException {
    try {
      ServerInfo told = session.query(Queries.SERVER, Session.Binder.NONE, this::server).get(0);
      return told.product().equals("Azure SQL Database") ? withPool(session, told) : told;
    } catch (SQLException e) {
      throwUnlessGap(e);
      // An imitation that lacks one of the functions: what the greeting said must do.
      return new ServerInfo(
          "SQL Server",
          Optional.of(session.connection().getMetaData().getDatabaseProductVersion()),
          Map.of("database", configuration.get(MssqlFields.DATABASE)));
    }
  }

  private void throwUnlessGap(SQLException refused) throws SQLException {
    if (!Gaps.isGap(failures.of(refused))) {
      throw refused;
    }
  }

  private ServerInfo server(ResultSet row) throws SQLException {
    Map<String, String> details = new LinkedHashMap<>();
    add(details, "edition", row.getString(2));
    add(details, "database", row.getString(4));
    add(details, "login", row.getString(5));
    timeZone(row.getInt(7)).ifPresent(zone -> details.put("time_zone", zone.getId()));
    details.put(
        "clock_difference_seconds",
        Long.toString(
            START.getEpochSecond() + row.getLong(6) - Math.round(clock.millis() / 1000.0)));
    add(details, "service_objective", row.getString(9));
    details.put("read_only", Boolean.toString("READ_ONLY".equals(row.getString(8))));
    return new ServerInfo(product(row.getInt(3)), Rows.text(row, 1), details);
  }

  /** Empty if there is no such zone: an imitation may count otherwise. */
  private static Optional<ZoneOffset> timeZone(int minutes) {
    return minutes >= -MOST_MINUTES && minutes <= MOST_MINUTES
        ? Optional.of(ZoneOffset.ofTotalSeconds(60 * minutes))
        : Optional.empty();
  }

  private static void add(
      Map<String, String> details, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null && !value.isEmpty()) {
      details.put(name, value);
    }
  }

  /** The number is SERVERPROPERTY's EngineEdition. */
  private static String product(int edition) {
    return switch (edition) {
      case AZURE_DATABASE -> "Azure SQL Database";
      case AZURE_INSTANCE -> "Azure SQL Managed Instance";
      default -> "SQL Server";
    };
  }

  private ServerInfo withPool(Session session, ServerInfo server) throws SQLException {
    Map<String, String> details = new LinkedHashMap<>(server.details());
    texts(session, Queries.ELASTIC_POOL).forEach(pool -> details.put("elastic_pool", pool));
    return new ServerInfo(server.product(), server.version(), details);
  }

  /** Texts of the first column; none where the server won't show them. */
  private List<String> texts(Session session, CatalogQuery query) throws SQLException {
    try {
      return session.query(query, Session.Binder.NONE, row -> Rows.orEmpty(row.getString(1)));
    } catch (SQLException e) {
      throwUnlessGap(e);
      return List.of();
    }
  }

  @Override
  public void authorize(Session session, TestSteps.Findings findings) throws SQLException {
    long visible =
        session.query(Queries.VISIBLE, Session.Binder.NONE, row -> row.getLong(1)).get(0);
    findings.detail(visible == 1000 ? "1000 or more tables" : visible + " tables");
    Optional<Rights> rights = rights(session);
    String grant = rights.map(Rights::grant).orElse("GRANT VIEW DEFINITION TO the login;");
    if (visible == 0) {
      findings.warn(
          Failure.of(
                  StandardErrorCode.PERMISSION_DENIED,
                  "This login sees no table: the database has none, or the login has no right on"
                      + " any.")
              .withRemedy("Run in the database: " + grant)
              .withFields(MssqlFields.USER, MssqlFields.DATABASE));
    } else if (rights.filter(Rights::hides).isPresent()) {
      findings.warn(
          Failure.of(StandardErrorCode.PERMISSION_DENIED, rights.get().hidden().message())
              .withRemedy("To show everything, run: " + grant)
              .withFields(MssqlFields.USER));
    }
  }

  private Optional<Rights> rights(Session session) throws SQLException {
    try {
      return session.query(Queries.RIGHTS, Session.Binder.NONE, Rights::read).stream().findFirst();
    } catch (SQLException e) {
      throwUnlessGap(e);
      return Optional.empty();
    }
  }

  @Override
  public void read(Session session, TestSteps.Findings findings) throws SQLException {
    int columns =
        session.query(Queries.SAMPLE, Session.Binder.NONE, row -> row.getString(1)).size();
    findings.detail(columns == 0 ? "no table to read" : columns + " columns of a table");
  }

  @Override
  public List<ConnectionCheck.Question> further() {
    return configuration.get(MssqlFields.CDC)
        ? List.of(new ConnectionCheck.Question("cdc", "Check change data capture", this::captured))
        : List.of();
  }

  private void captured(Session session, TestSteps.Findings findings) throws SQLException {
    boolean enabled =
        session.query(Queries.CDC_DATABASE, Session.Binder.NONE, row -> row.getBoolean(1)).stream()
            .anyMatch(on -> on);
    if (!enabled) {
      throw Failure.of(
              StandardErrorCode.UNSUPPORTED, "Change data capture isn't enabled in this database.")
          .withRemedy("Have an administrator run sys.sp_cdc_enable_db, or switch it off here.")
          .withFields(MssqlFields.CDC)
          .asException();
    }
    Set<TableName> relied = new LinkedHashSet<>();
    configuration
        .get(MssqlFields.CDC_TABLES)
        .forEach(name -> Names.parse(name).ifPresent(relied::add));
    Set<TableName> captured = CapturedTables.among(session, relied);
    List<String> missing =
        relied.stream().filter(table -> !captured.contains(table)).map(TableName::display).toList();
    findings.detail((relied.size() - missing.size()) + " of " + relied.size() + " tables captured");
    if (!missing.isEmpty()) {
      throw Failure.of(
              StandardErrorCode.NOT_FOUND, "The changes of " + some(missing) + " aren't captured.")
          .withRemedy(
              "Have an administrator run sys.sp_cdc_enable_table for them"
                  + choice(session).map(choice -> ", or " + choice).orElse("")
                  + ".")
          .withFields(MssqlFields.CDC_TABLES)
          .asException();
    }
    if (relied.isEmpty()) {
      findings.warn(
          Failure.of(NoticeCode.SKIPPED, "No table is named whose changes are relied on.")
              .withRemedy(
                  choice(session)
                      .map(choice -> "Enter the tables: " + choice + ".")
                      .orElse("Enter the tables, once some are captured."))
              .withFields(MssqlFields.CDC_TABLES));
    }
  }

  /** What could be relied on; empty if there is nothing, or this login may not see it. */
  private Optional<String> choice(Session session) throws SQLException {
    try {
      return Optional.of(CapturedTables.choice(session))
          .filter(names -> !names.isEmpty())
          .map(names -> "choose among " + some(names));
    } catch (SQLException e) {
      throwUnlessGap(e);
      return Optional.empty();
    }
  }

  private static String some(List<String> names) {
    return names.stream().limit(10).collect(Collectors.joining(", "))
        + (names.size() > 10 ? " and " + (names.size() - 10) + " more" : "");
  }
}
