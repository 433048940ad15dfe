package dev.connections.jdbc;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaInfo;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An adapter of one database: what its catalog and its questions say is tested, browsed and
 * imported in the same way for every kind of database. Immutable but for the pool, and safe for any
 * thread.
 *
 * @param <T> a table as it is listed
 */
public final class DatabaseAdapter<T extends ListedTable> implements ConnectionAdapter {
  private final Database database;
  private final RelationalCatalog<T> catalog;
  private final CatalogBrowsing<T> browsing;
  private final Supplier<ConnectionCheck.Questions> questions;
  private final Map<Class<?>, Object> features;
  private final Runnable afterwards;

  private DatabaseAdapter(
      Database database,
      RelationalCatalog<T> catalog,
      Supplier<ConnectionCheck.Questions> questions,
      Map<Class<?>, Object> features,
      Runnable afterwards) {
    this.database = database;
    this.catalog = catalog;
    this.browsing = new CatalogBrowsing<>(catalog);
    this.questions = questions;
    this.features = Map.copyOf(features);
    this.afterwards = afterwards;
  }

  /**
   * {@return an adapter that offers plain JDBC, {@link SqlAccess}, as its only feature}
   *
   * @param database where it reads
   * @param catalog what it reads
   * @param questions what a test asks; made anew for each test
   * @param <T> a table as it is listed
   */
  public static <T extends ListedTable> DatabaseAdapter<T> of(
      Database database,
      RelationalCatalog<T> catalog,
      Supplier<ConnectionCheck.Questions> questions) {
    SqlAccess access = database::dataSource;
    return new DatabaseAdapter<>(
        database, catalog, questions, Map.of(SqlAccess.class, access), () -> {});
  }

  /**
   * {@return an adapter with one more feature, or another one in the place of one}
   *
   * @param feature the feature's interface
   * @param offered the feature
   * @param <F> the feature
   */
  public <F> DatabaseAdapter<T> offering(Class<F> feature, F offered) {
    Map<Class<?>, Object> more = new HashMap<>(features);
    more.put(feature, offered);
    return new DatabaseAdapter<>(database, catalog, questions, more, afterwards);
  }

  /**
   * {@return an adapter that shows the first rows of tables, if that is wanted}
   *
   * @param wanted whether the configuration says so
   */
  public DatabaseAdapter<T> showingRows(boolean wanted) {
    return wanted ? offering(RowPreview.class, new FirstRows<>(database, catalog, browsing)) : this;
  }

  /**
   * {@return an adapter that does something more when it is closed}
   *
   * @param more done after the database is closed; throws nothing, and may be done twice
   */
  public DatabaseAdapter<T> closing(Runnable more) {
    return new DatabaseAdapter<>(database, catalog, questions, features, more);
  }

  @Override
  public TestResult test(Operation operation) {
    return ConnectionCheck.run(database, questions.get(), operation);
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return browsing.schemas(database.during(operation));
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    return browsing.page(query, database.during(operation));
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    Operation call = database.during(operation);
    return CatalogTables.read(catalog, browsing.find(table, call), call);
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return new CatalogImport<>(catalog, browsing, selection, sink, database.during(operation))
        .run();
  }

  @Override
  public <F> Optional<F> as(Class<F> feature) {
    return Optional.ofNullable(features.get(feature)).map(feature::cast);
  }

  /** {@return how many connections the pool holds, in use or idle} */
  public int pooled() {
    return database.pooled();
  }

  @Override
  public void close() {
    database.close();
    afterwards.run();
  }
}
