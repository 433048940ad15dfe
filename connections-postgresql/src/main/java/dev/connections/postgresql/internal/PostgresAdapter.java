package dev.connections.postgresql.internal;

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
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.jdbc.DatabaseSettings;
import dev.connections.jdbc.ErrorTable;
import dev.connections.jdbc.SqlAccess;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One PostgreSQL database. Safe for any thread. */
final class PostgresAdapter implements ConnectionAdapter {
  private static final ErrorTable ERRORS =
      ErrorTable.read(PostgresAdapter.class, "/sql-queries/postgresql/errors.txt");

  private final AdapterContext context;
  private final PostgresDriver driver;
  private final Database database;
  private final Catalog catalog;
  private final boolean preview;

  PostgresAdapter(Configuration configuration, AdapterContext context) {
    this.context = context;
    this.driver = new PostgresDriver(configuration, context);
    this.database = Database.of(settings(configuration), driver, context);
    this.catalog = new Catalog(database, configuration.get(PostgresFields.USER));
    this.preview = configuration.get(PostgresFields.PREVIEW);
  }

  private static DatabaseSettings settings(Configuration configuration) {
    return new DatabaseSettings(
            "PostgreSQL",
            configuration.get(PostgresFields.HOST),
            configuration.get(PostgresFields.PORT),
            configuration.get(PostgresFields.CONNECT_TIMEOUT),
            configuration.get(PostgresFields.COMMAND_TIMEOUT),
            configuration.get(PostgresFields.POOL_SIZE),
            configuration.get(PostgresFields.IDLE_TIMEOUT),
            ERRORS,
            Map.of())
        .naming(
            List.of(StandardErrorCode.UNKNOWN_HOST, StandardErrorCode.EGRESS_REFUSED),
            PostgresFields.HOST)
        .naming(
            List.of(
                StandardErrorCode.CONNECTION_REFUSED,
                StandardErrorCode.CONNECT_TIMEOUT,
                StandardErrorCode.CONNECTION_LOST,
                StandardErrorCode.WRONG_PROTOCOL,
                DatabaseErrorCode.STARTING_UP),
            PostgresFields.HOST,
            PostgresFields.PORT)
        .naming(
            List.of(StandardErrorCode.TLS_UNTRUSTED),
            PostgresFields.ROOT_CERTIFICATE,
            PostgresFields.SSL_MODE)
        .naming(
            List.of(StandardErrorCode.TLS_REFUSED), PostgresFields.SSL_MODE, PostgresFields.MIN_TLS)
        .naming(
            List.of(StandardErrorCode.TLS_HOST_MISMATCH),
            PostgresFields.HOST,
            PostgresFields.SSL_MODE)
        .naming(
            List.of(StandardErrorCode.WRONG_CREDENTIALS, StandardErrorCode.EXPIRED_CREDENTIALS),
            PostgresFields.USER,
            PostgresFields.PASSWORD)
        .naming(
            List.of(DatabaseErrorCode.CLIENT_REFUSED),
            PostgresFields.USER,
            PostgresFields.DATABASE,
            PostgresFields.SSL_MODE)
        .naming(List.of(StandardErrorCode.METHOD_REFUSED), PostgresFields.AUTHENTICATION)
        .naming(List.of(DatabaseErrorCode.UNKNOWN_DATABASE), PostgresFields.DATABASE)
        .naming(List.of(DatabaseErrorCode.TOO_MANY_CONNECTIONS), PostgresFields.POOL_SIZE)
        .naming(List.of(DatabaseErrorCode.READ_ONLY_REPLICA), PostgresFields.HOST)
        .naming(List.of(StandardErrorCode.PERMISSION_DENIED), PostgresFields.USER);
  }

  @Override
  public TestResult test(Operation operation) {
    return ConnectionCheck.run(
        database, new PostgresQuestions(driver, database.failures(), context.clock()), operation);
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return catalog.schemas(database.during(operation));
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    return catalog.page(query, database.during(operation));
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    Operation call = database.during(operation);
    List<TableMetadata> read = new ArrayList<>(1);
    catalog.read(
        List.of(catalog.find(table, call)),
        EnumSet.allOf(Section.class),
        new TableReader.Receiver() {
          @Override
          public void table(TableMetadata metadata) {
            read.add(metadata);
          }

          @Override
          public void failed(TableRow dropped) {
            throw TableReader.dropped(dropped).asException();
          }
        },
        call);
    return read.get(0);
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return new PostgresImport(catalog, selection, sink, database.during(operation)).run();
  }

  @Override
  public <T> Optional<T> as(Class<T> feature) {
    if (feature == SqlAccess.class) {
      SqlAccess access = database::dataSource;
      return Optional.of(feature.cast(access));
    }
    if (feature == PermissionReport.class) {
      return Optional.of(feature.cast(new Permissions(database, catalog)));
    }
    if (feature == RowPreview.class && preview) {
      return Optional.of(feature.cast(new FirstRows(database, catalog)));
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
