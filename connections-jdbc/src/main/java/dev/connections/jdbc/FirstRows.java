package dev.connections.jdbc;

import dev.connections.api.Operation;
import dev.connections.api.RowPreview;
import dev.connections.api.TableName;

/** Shows the first rows of a table. Safe for any thread. */
final class FirstRows<T extends ListedTable> implements RowPreview {
  /** A preview is to be looked at; more than this nobody reads. */
  private static final int MOST = 1_000;

  private final Database database;
  private final RelationalCatalog<T> catalog;
  private final CatalogBrowsing<T> browsing;

  FirstRows(Database database, RelationalCatalog<T> catalog, CatalogBrowsing<T> browsing) {
    this.database = database;
    this.catalog = catalog;
    this.browsing = browsing;
  }

  @Override
  public RowSample preview(TableName table, int rows, Operation operation) {
    Operation call = database.during(operation);
    int limit = Math.max(1, Math.min(rows, MOST));
    T listed = browsing.find(table, call); // a name that isn't there never gets into a query
    String sql = catalog.firstRows(listed, limit + 1, Sample.LONGEST + 1, call);
    return database.call(
        "preview",
        call,
        session -> {
          database.beginStreaming(session);
          return Sample.of(session, sql, limit);
        });
  }
}
