package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableName;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.HttpRequest;
import dev.connections.http.HttpService;
import dev.connections.http.JsonObject;
import dev.connections.http.JsonPage;
import dev.connections.http.Paging;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The REST interface of Unity Catalog. A list is read until an answer has no token: a page may be
 * empty while there are more. {@code max_results=0} lets the service choose the size of a page.
 */
final class UnityCatalog {
  private static final String[] ROOT = {"api", "2.1", "unity-catalog"};

  private final HttpService service;

  /** Every answer says the same. */
  private volatile Optional<String> metastore = Optional.empty();

  UnityCatalog(HttpService service) {
    this.service = service;
  }

  /** {@return whether a text can be a name: none holds a dot or a slash} */
  static boolean isName(String text) {
    return !text.isBlank() && text.chars().noneMatch(c -> c == '.' || c == '/' || c < ' ');
  }

  /** {@return that an answer can't be understood} */
  ConnectionException malformed() {
    return service.failures().of(StandardErrorCode.MALFORMED_DATA).asException();
  }

  HttpService service() {
    return service;
  }

  /** {@return the catalogs, in the order of their names} */
  List<JsonObject> catalogs(Operation operation) {
    return all("catalogs", path("catalogs").query("include_browse", "true"), operation);
  }

  /** {@return the catalog of a name} */
  JsonObject catalog(String name, Operation operation) {
    return single("catalog", path("catalogs", name), operation);
  }

  /** {@return the schema of a name} */
  JsonObject schema(SchemaName name, Operation operation) {
    return single("schema", path("schemas", full(name)), operation);
  }

  /** {@return what the workspace says of its metastore} */
  JsonObject metastore(Operation operation) {
    JsonObject summary = single("metastore", path("metastore_summary"), operation);
    note(summary);
    return summary;
  }

  /**
   * {@return the id of the metastore, which workspaces may share} The first answer that names it
   * counts; where none does, the summary is asked once. Who may not see it shares with nobody.
   */
  Optional<String> metastoreId(Operation operation) {
    if (metastore.isEmpty()) {
      try {
        metastore(operation);
      } catch (ConnectionException failed) {
        if (Finality.of(failed)) {
          throw failed;
        }
      }
    }
    return metastore;
  }

  private void note(JsonObject object) {
    if (metastore.isEmpty()) {
      metastore = object.text("metastore_id").filter(text -> text.matches("[A-Za-z0-9_-]{1,100}"));
    }
  }

  /** {@return the external locations that the login sees} */
  List<JsonObject> externalLocations(Operation operation) {
    return all(
        "external_locations",
        path("external-locations").query("include_browse", "true"),
        operation);
  }

  /** {@return a page of the names of a catalog's tables: up to ten thousand of all its schemas} */
  <T> Paging.Slice<T> summaries(
      String catalog,
      Optional<String> schema,
      Optional<String> token,
      Function<JsonObject, T> row,
      Operation operation) {
    HttpRequest all = path("table-summaries").query("catalog_name", catalog);
    HttpRequest request = schema.map(name -> all.query("schema_name_pattern", name)).orElse(all);
    return part("tables", request, 0, token, row, operation);
  }

  /** {@return all objects of another kind in a schema} */
  List<JsonObject> objects(SchemaObject kind, SchemaName schema, Operation operation) {
    return all(kind.member(), objects(kind, schema), operation);
  }

  /** {@return a page of the objects of another kind in a schema} */
  Paging.Slice<JsonObject> objects(
      SchemaObject kind, SchemaName schema, int size, Optional<String> token, Operation operation) {
    return part(kind.member(), objects(kind, schema), size, token, Function.identity(), operation);
  }

  private static HttpRequest objects(SchemaObject kind, SchemaName schema) {
    return path(kind.path())
        .query("catalog_name", schema.catalog().orElseThrow())
        .query("schema_name", schema.schema())
        .query("include_browse", "true");
  }

  /** {@return an object of another kind} */
  JsonObject object(SchemaObject kind, TableName name, Operation operation) {
    HttpRequest request =
        path(kind.path(), full(name.schema()) + "." + name.table()).query("include_browse", "true");
    return single(kind.member(), request, operation);
  }

  /**
   * What a catalog holds.
   *
   * @param schemas in the order of their names, without its own descriptions
   * @param nameless how many others have a name that can't be one
   */
  record Schemas(List<SchemaInfo> schemas, int nameless) {}

  /** {@return the schemas of a catalog} */
  Schemas schemas(String catalog, boolean system, Operation operation) {
    HttpRequest request =
        path("schemas").query("catalog_name", catalog).query("include_browse", "true");
    List<JsonObject> found = all("schemas", request, operation);
    List<SchemaInfo> schemas = new ArrayList<>();
    for (JsonObject schema : found) {
      schema
          .text("name")
          .filter(UnityCatalog::isName)
          .ifPresent(name -> schemas.add(info(SchemaName.of(catalog, name), schema, system)));
    }
    int nameless = found.size() - schemas.size();
    schemas.removeIf(schema -> schema.name().schema().equals("information_schema"));
    schemas.sort(Comparator.comparing(SchemaInfo::name));
    return new Schemas(schemas, nameless);
  }

  private static SchemaInfo info(SchemaName name, JsonObject schema, boolean system) {
    return new SchemaInfo(name, schema.text("comment").filter(text -> !text.isBlank()), system);
  }

  /** {@return a schema as it is listed} */
  SchemaInfo info(SchemaName name, Operation operation) {
    JsonObject found = schema(name, operation);
    note(found);
    return info(name, found, false);
  }

  private List<JsonObject> all(String member, HttpRequest request, Operation operation) {
    List<JsonObject> rows = new ArrayList<>();
    Paging.follow(
        service,
        token -> part(member, request, 0, token, Function.identity(), operation),
        rows::addAll,
        operation);
    rows.stream().limit(1).forEach(this::note);
    return rows;
  }

  /** {@return a page of a schema's tables, each with its columns} */
  <T> Paging.Slice<T> tables(
      SchemaName schema, Optional<String> token, Function<JsonObject, T> row, Operation operation) {
    return part("tables", tables(schema), 0, token, row, operation);
  }

  /** {@return a page of a schema's tables without columns and properties} */
  <T> Paging.Slice<T> names(
      SchemaName schema,
      int size,
      Optional<String> token,
      Function<JsonObject, T> row,
      Operation operation) {
    HttpRequest request =
        tables(schema).query("omit_columns", "true").query("omit_properties", "true");
    return part("tables", request, size, token, row, operation);
  }

  /** {@return the names of all of a schema's tables} */
  Set<String> tableNames(SchemaName schema, Operation operation) {
    Set<String> names = new HashSet<>();
    Paging.follow(
        service,
        token -> names(schema, 0, token, row -> row.text("name").orElse(""), operation),
        names::addAll,
        operation);
    return names;
  }

  private static HttpRequest tables(SchemaName schema) {
    return path("tables")
        .query("catalog_name", schema.catalog().orElseThrow())
        .query("schema_name", schema.schema())
        .query("include_browse", "true");
  }

  /**
   * Refuses a name that no table can have.
   *
   * @throws ConnectionException with NOT_FOUND
   */
  static void check(TableName table) {
    if (table.schema().catalog().filter(UnityCatalog::isName).isEmpty()
        || !isName(table.schema().schema())
        || !isName(table.table())) {
      throw StandardFailures.notFound("table", table.display()).asException();
    }
  }

  /** {@return a table with all that a list doesn't say of it} */
  JsonObject table(TableName table, Operation operation) {
    check(table);
    HttpRequest request =
        path("tables", full(table.schema()) + "." + table.table()).query("include_browse", "true");
    return named("table", table.display(), () -> single("table", request, operation));
  }

  private <T> Paging.Slice<T> part(
      String member,
      HttpRequest list,
      int size,
      Optional<String> token,
      Function<JsonObject, T> row,
      Operation operation) {
    HttpRequest sized = list.query("max_results", Integer.toString(size));
    HttpRequest request = token.map(next -> sized.query("page_token", next)).orElse(sized);
    JsonPage<T> page =
        service.read(member, request, answer -> JsonPage.read(answer, member, row), operation);
    Optional<String> next = page.rest().text("next_page_token").filter(text -> !text.isEmpty());
    if (next.isPresent() && next.equals(token)) {
      throw service.failures().of(HttpErrorCode.PAGE_REPEATED).asException();
    }
    return new Paging.Slice<>(page.rows(), next);
  }

  private JsonObject single(String name, HttpRequest request, Operation operation) {
    return service.read(name, request, JsonObject::read, operation);
  }

  /**
   * {@return what a call gives; where the service finds nothing, the failure says what is missing}
   */
  static <T> T named(String what, String name, Supplier<T> call) {
    try {
      return call.get();
    } catch (ConnectionException failed) {
      if (failed.category() == Category.NOT_FOUND) {
        throw StandardFailures.notFound(what, name).asException(failed);
      }
      throw failed;
    }
  }

  private static HttpRequest path(String... segments) {
    List<String> all = new ArrayList<>(List.of(ROOT));
    all.addAll(List.of(segments));
    return HttpRequest.get(all.toArray(String[]::new));
  }

  private static String full(SchemaName schema) {
    return schema.catalog().orElse("") + "." + schema.schema();
  }
}
