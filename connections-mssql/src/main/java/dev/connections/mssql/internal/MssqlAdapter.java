package dev.connections.mssql.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.PermissionReport;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaInfo;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.jdbc.ConnectionCheck;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.DatabaseDriver;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.jdbc.DatabaseSettings;
import dev.connections.jdbc.ErrorTable;
import dev.connections.jdbc.SqlAccess;
import dev.connections.mssql.DatabaseObjects;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One SQL Server database. Safe for any thread. */
final class MssqlAdapter implements ConnectionAdapter {
  private static final ErrorTable ERRORS =
      ErrorTable.read(MssqlAdapter.class, "/sql-queries/mssql/errors.txt");

  private final Configuration configuration;
  private final AdapterContext context;
  private final MssqlDriver driver;
  private final Database database;
  private final Catalog catalog;

  MssqlAdapter(Configuration configuration, AdapterContext context) {
    this(configuration, context, new MssqlDriver(configuration, context));
  }

  private MssqlAdapter(Configuration configuration, AdapterContext context, MssqlDriver driver) {
    this(configuration, context, driver, driver);
  }

  /** With another way to connect: the catalog's queries run on any database that has the rows. */
  MssqlAdapter(
      Configuration configuration,
      AdapterContext context,
      MssqlDriver driver,
      DatabaseDriver connecting) {
    this.configuration = configuration;
    this.context = context;
    this.driver = driver;
    this.database = Database.of(settings(configuration), connecting, context);
    this.catalog =
        new Catalog(
            database, configuration.get(MssqlFields.CDC), configuration.get(MssqlFields.POOL_SIZE));
  }

  private static DatabaseSettings settings(Configuration configuration) {
    return new DatabaseSettings(
            "SQL Server",
            configuration.get(MssqlFields.SERVER),
            configuration.get(MssqlFields.PORT),
            configuration.get(MssqlFields.CONNECT_TIMEOUT),
            configuration.get(MssqlFields.COMMAND_TIMEOUT),
            configuration.get(MssqlFields.POOL_SIZE),
            configuration.get(MssqlFields.IDLE_TIMEOUT),
            ERRORS,
            Map.of())
        .naming(
            List.of(StandardErrorCode.UNKNOWN_HOST, StandardErrorCode.EGRESS_REFUSED),
            MssqlFields.SERVER)
        .naming(
            List.of(
                StandardErrorCode.CONNECTION_REFUSED,
                StandardErrorCode.CONNECT_TIMEOUT,
                StandardErrorCode.CONNECTION_LOST,
                StandardErrorCode.WRONG_PROTOCOL,
                DatabaseErrorCode.STARTING_UP),
            MssqlFields.SERVER,
            MssqlFields.PORT)
        .naming(
            List.of(StandardErrorCode.TLS_UNTRUSTED), MssqlFields.TRUST_STORE, MssqlFields.TRUST)
        .naming(
            List.of(StandardErrorCode.TLS_REFUSED),
            MssqlFields.ENCRYPT,
            MssqlFields.STRICT,
            MssqlFields.MIN_TLS)
        .naming(
            List.of(StandardErrorCode.TLS_HOST_MISMATCH),
            MssqlFields.CERTIFICATE_HOST,
            MssqlFields.SERVER)
        .naming(
            List.of(
                StandardErrorCode.WRONG_CREDENTIALS,
                StandardErrorCode.EXPIRED_CREDENTIALS,
                StandardErrorCode.ACCOUNT_LOCKED),
            MssqlFields.USER,
            MssqlFields.PASSWORD)
        .naming(List.of(DatabaseErrorCode.CLIENT_REFUSED), MssqlFields.SERVER, MssqlFields.USER)
        .naming(List.of(StandardErrorCode.METHOD_REFUSED), MssqlFields.AUTHENTICATION)
        .naming(List.of(DatabaseErrorCode.UNKNOWN_DATABASE), MssqlFields.DATABASE)
        .naming(List.of(DatabaseErrorCode.TOO_MANY_CONNECTIONS), MssqlFields.POOL_SIZE)
        .naming(List.of(StandardErrorCode.PERMISSION_DENIED), MssqlFields.USER);
  }

  @Override
  public TestResult test(Operation operation) {
    return ConnectionCheck.run(
        database,
        new MssqlQuestions(driver, database.failures(), context.clock(), configuration),
        operation);
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return catalog.schemas(catalog.gaps(database.during(operation)));
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    return catalog.page(query, database.during(operation));
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    Operation call = database.during(operation);
    Gaps gaps = catalog.gaps(call);
    List<TableMetadata> read = new ArrayList<>(1);
    catalog.read(
        List.of(catalog.find(table, gaps)),
        EnumSet.allOf(Section.class),
        new TableReader.Receiver() {
          @Override
          public void table(TableMetadata metadata) {
            read.add(metadata);
          }

          @Override
          public void failed(TableRow dropped) {
            throw dropped.dropped().asException();
          }

          @Override
          public boolean hearsOfGaps() {
            return false;
          }
        },
        gaps,
        call);
    return read.get(0);
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return new MssqlImport(catalog, selection, sink, database.during(operation)).run();
  }

  @Override
  public <T> Optional<T> as(Class<T> feature) {
    if (feature == SqlAccess.class) {
      SqlAccess access =
          () ->
              database.dataSource(
                  connection ->
                      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED));
      return Optional.of(feature.cast(access));
    }
    if (feature == RowPreview.class && configuration.get(MssqlFields.PREVIEW)) {
      return Optional.of(feature.cast(new FirstRows(database, catalog)));
    }
    if (feature == PermissionReport.class) {
      return Optional.of(feature.cast(new MssqlPermissions(database, catalog)));
    }
    if (feature == DatabaseObjects.class) {
      return Optional.of(feature.cast(new SchemaObjects(database, catalog)));
    }
    return Optional.empty();
  }

  /** How many connections the pool holds. */
  int pooled() {
    return database.pooled();
  }

  @Override
  public void close() {
    database.close();
    driver.close();
  }
}
