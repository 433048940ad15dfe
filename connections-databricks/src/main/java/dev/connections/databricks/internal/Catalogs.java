package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardFailures;
import dev.connections.http.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a connection reads: the catalog it names, or all that its login sees; and of that catalog
 * the schema it names, or all.
 */
final class Catalogs {
  private final UnityCatalog unity;
  private final Optional<String> only;
  private final Optional<String> schema;

  Catalogs(UnityCatalog unity, Optional<String> only, Optional<String> schema) {
    this.unity = unity;
    this.only = only;
    this.schema = schema;
  }

  /** The schemas of all catalogs, and what couldn't be listed. */
  record Listing(List<SchemaInfo> schemas, List<Notice> notices) {}

  UnityCatalog unity() {
    return unity;
  }

  /** {@return the one schema that is read, if the connection names one} */
  Optional<String> schema() {
    return schema;
  }

  /** Refuses a schema that can't be one of this connection's. */
  void check(SchemaName schema) {
    boolean ours =
        schema.catalog().filter(UnityCatalog::isName).isPresent()
            && UnityCatalog.isName(schema.schema())
            && (only.isEmpty() || only.equals(schema.catalog()))
            && this.schema.filter(name -> !name.equals(schema.schema())).isEmpty();
    if (!ours) {
      throw StandardFailures.notFound("schema", schema.display()).asException();
    }
  }

  Listing list(Operation operation) {
    if (only.isPresent()) {
      String name = only.get();
      if (schema.isPresent()) {
        SchemaName one = SchemaName.of(name, schema.get());
        return new Listing(
            List.of(UnityCatalog.named("schema", one.display(), () -> unity.info(one, operation))),
            List.of());
      }
      UnityCatalog.Schemas all =
          UnityCatalog.named("catalog", name, () -> unity.schemas(name, false, operation));
      return new Listing(all.schemas(), HiddenNames.schemas(name, all.nameless()));
    }
    List<SchemaInfo> schemas = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    long nameless = 0;
    for (JsonObject catalog : unity.catalogs(operation)) {
      Optional<String> name = catalog.text("name").filter(UnityCatalog::isName);
      nameless += name.isPresent() ? 0 : 1;
      name.ifPresent(known -> list(known, catalog, schemas, notices, operation));
    }
    notices.addAll(HiddenNames.catalogs(nameless));
    schemas.sort(Comparator.comparing(SchemaInfo::name));
    return new Listing(schemas, notices);
  }

  private void list(
      String name,
      JsonObject catalog,
      List<SchemaInfo> schemas,
      List<Notice> notices,
      Operation operation) {
    boolean system = catalog.text("catalog_type").filter("SYSTEM_CATALOG"::equals).isPresent();
    try {
      UnityCatalog.Schemas all = unity.schemas(name, system, operation);
      schemas.addAll(all.schemas());
      notices.addAll(HiddenNames.schemas(name, all.nameless()));
    } catch (ConnectionException failed) {
      if (failed.category() != Category.PERMISSION && failed.category() != Category.NOT_FOUND) {
        throw failed;
      }
      notices.add(
          Notice.of(
                  NoticeCode.HIDDEN_BY_PERMISSION,
                  new Notice.Scope.Source(),
                  "The login sees the catalog " + name + " and not its schemas.")
              .withRemedy("Ask its owner for USE CATALOG or BROWSE, or name another catalog."));
    }
  }
}
