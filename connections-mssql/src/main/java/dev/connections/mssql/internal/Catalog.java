package dev.connections.mssql.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableName;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.RelationalCatalog;
import dev.connections.jdbc.Session;
import dev.connections.jdbc.Session.RowReader;
import dev.connections.mssql.MssqlNoticeCode;
import dev.connections.mssql.MssqlTable.Trait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** What the catalog holds, for one login. Safe for any thread. */
final class Catalog implements RelationalCatalog<TableRow> {
  /** More names than this are found by listing everything: a statement takes 2,100 values. */
  private static final int FEW_NAMES = 500;

  private final Database database;
  private final boolean capture;

  /** Each of its permits is for a reading that takes all its connections at once. */
  private final Semaphore wideReadings;

  /** What the last listing of each kind had to leave out. */
  private final Map<String, List<Notice>> listingGaps = new ConcurrentHashMap<>();

  private volatile Optional<CatalogViews> views = Optional.empty();

  /** Whether the server has the function that tells rights. */
  private volatile boolean tellsRights = true;

  Catalog(Database database, boolean capture, int connections) {
    this.database = database;
    this.capture = capture;
    this.wideReadings = new Semaphore(connections / TableReader.CONNECTIONS);
  }

  /** What is asked through it is asked in a form that this server has. */
  Gaps gaps(Operation operation) {
    return new Gaps(
        database,
        new Gaps.Known() {
          @Override
          public CatalogViews asked() {
            return views(operation);
          }

          @Override
          public CatalogViews unasked() {
            return views.orElse(CatalogViews.OLDEST);
          }
        },
        operation);
  }

  /** Asked once: a server's catalog changes with its version alone. */
  private CatalogViews views(Operation operation) {
    Optional<CatalogViews> known = views;
    CatalogViews found = known.isPresent() ? known.get() : found(operation);
    views = Optional.of(found);
    return found;
  }

  /** A right that is missing may be granted any time: before all is read, it is asked anew. */
  private void forgetRefusals() {
    views = views.filter(known -> known.refused().isEmpty());
  }

  private CatalogViews found(Operation operation) {
    List<CatalogQuery> forms = CatalogViews.OLDEST.forms(Queries.VIEWS);
    try {
      return found(forms.get(0), operation);
    } catch (ConnectionException e) {
      if (!Gaps.isGap(e)) {
        throw e;
      }
      if (e.category() != Category.UNSUPPORTED) {
        return CatalogViews.OLDEST;
      }
    }
    tellsRights = false; // it lacks the function
    try {
      return found(forms.get(1), operation);
    } catch (ConnectionException e) {
      if (!Gaps.isGap(e)) {
        throw e;
      }
      return CatalogViews.OLDEST;
    }
  }

  private record Listed(String view, String column, boolean refused) {}

  private CatalogViews found(CatalogQuery query, Operation operation) {
    Set<String> names = new HashSet<>();
    Set<String> refused = new HashSet<>();
    database
        .list(
            query,
            Session.Binder.NONE,
            row ->
                new Listed(
                    row.getString(1), row.getString(2), row.getInt(3) == 0 && !row.wasNull()),
            operation)
        .forEach(
            listed -> {
              names.add(listed.view());
              names.add(listed.view() + "." + listed.column());
              if (listed.refused()) {
                refused.add(listed.view());
              }
            });
    // It may be read, or nothing would be: a server that says otherwise doesn't tell rights.
    return CatalogViews.of(names, refused.contains(CatalogViews.ALWAYS) ? Set.of() : refused);
  }

  private <T> List<T> listed(
      String what,
      CatalogQuery query,
      Session.Binder binder,
      RowReader<T> reader,
      Operation operation) {
    Gaps gaps = gaps(operation);
    List<T> rows = gaps.required(what, query, binder, reader);
    listingGaps.put(what, gaps.notices());
    return rows;
  }

  /** What present listings had to leave out, each once. */
  private List<Notice> listingGaps() {
    return listingGaps.values().stream().flatMap(List::stream).distinct().toList();
  }

  @Override
  public List<SchemaInfo> schemas(Operation operation) {
    return schemas(Queries.SCHEMAS, Session.Binder.NONE, operation);
  }

  private List<SchemaInfo> schemas(CatalogQuery query, Session.Binder binder, Operation operation) {
    return listed(
        "schemas",
        query,
        binder,
        row -> new SchemaInfo(SchemaName.of(row.getString(1)), Rows.text(row, 2), false),
        operation);
  }

  @Override
  public boolean hasSchema(String name, Operation operation) {
    return !schemas(Queries.SCHEMA, statement -> statement.setString(1, name), operation).isEmpty();
  }

  @Override
  public List<TableRow> tables(Operation operation) {
    forgetRefusals();
    return tables(Queries.TABLES, Session.Binder.NONE, operation);
  }

  private List<TableRow> tables(CatalogQuery query, Session.Binder binder, Operation operation) {
    return listed("tables", query, binder, TableRow::read, operation);
  }

  @Override
  public List<TableRow> tables(Page page, Operation operation) {
    boolean all = page.part().isEmpty();
    return tables(
        all ? Queries.PAGE_OF_SCHEMA : Queries.TABLES_OF_SCHEMA,
        statement -> {
          int next = 1;
          statement.setString(next++, page.schema());
          if (!all) {
            statement.setString(next++, page.part());
          }
          statement.setString(next++, page.after());
          statement.setInt(next, page.limit());
        },
        operation);
  }

  @Override
  public List<TableRow> tables(List<TableName> names, Operation operation) {
    return names.size() > FEW_NAMES
        ? tables(operation)
        : tables(
            Queries.tablesNamed(names.size()),
            statement -> Queries.bind(statement, names),
            operation);
  }

  @Override
  public boolean possible(String name) {
    return Names.possible(name);
  }

  /** Where changes are relied on, a list says whose could be. */
  @Override
  public List<Notice> remarks(List<TableRow> tables) {
    List<Notice> remarks = new ArrayList<>(listingGaps());
    List<String> names =
        tables.stream()
            .filter(row -> row.traits().contains(Trait.CHANGE_DATA_CAPTURE))
            .map(row -> row.info().name().display())
            .toList();
    if (capture && !names.isEmpty()) {
      remarks.add(
          Notice.of(
                  MssqlNoticeCode.CHANGES_CAPTURED,
                  new Notice.Scope.Source(),
                  "The changes of these tables are captured: " + String.join(", ", names) + ".")
              .withRemedy("Any of them can be entered as a captured table."));
    }
    return remarks;
  }

  /** No table is listed that isn't visible; only that there may be some is known. */
  @Override
  public List<Notice> hidden(List<TableRow> hidden, Operation operation) {
    List<Notice> notices = new ArrayList<>(listingGaps());
    rights(operation).filter(Rights::hides).map(Rights::hidden).ifPresent(notices::add);
    return notices;
  }

  /** What this login may see; empty where the server doesn't tell. */
  Optional<Rights> rights(Operation operation) {
    if (!tellsRights) {
      return Optional.empty();
    }
    try {
      return database.list(Queries.RIGHTS, Session.Binder.NONE, Rights::read, operation).stream()
          .findFirst();
    } catch (ConnectionException e) {
      if (!Gaps.isGap(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public int readingCalls() {
    return TableReader.CALLS;
  }

  @Override
  public List<Notice> read(
      List<TableRow> tables,
      Set<Section> sections,
      Receiver<TableRow> receiver,
      Operation operation) {
    Gaps gaps = gaps(operation);
    boolean wide = tables.size() > TableReader.FEW && wideReadings.tryAcquire();
    try {
      TableReader.read(gaps, tables, sections, wide, receiver);
    } finally {
      if (wide) {
        wideReadings.release();
      }
    }
    List<Notice> notices = new ArrayList<>(gaps.notices());
    notices.removeAll(listingGaps()); // they were told
    return notices;
  }

  @Override
  public String firstRows(TableRow table, int limit, int longest, Operation operation) {
    String rows = "select top (" + limit + ") * from " + Names.quoted(table.info().name());
    // Tables in memory know no READ UNCOMMITTED, which all is read with.
    return table.traits().contains(Trait.MEMORY_OPTIMIZED) ? rows + " with (snapshot)" : rows;
  }
}
