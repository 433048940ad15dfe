package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableName;
import dev.connections.http.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Reads volumes, functions and models: a list for each kind and schema. Safe for any thread. */
final class SchemaObjects {
  private final UnityCatalog unity;
  private final Operation operation;

  SchemaObjects(UnityCatalog unity, Operation operation) {
    this.unity = unity;
    this.operation = operation;
  }

  /**
   * Reads those of a schema.
   *
   * @param taken the names of its tables, which they are told apart from; theirs are added
   */
  void read(SchemaName schema, Set<String> taken, Intake intake) {
    for (SchemaObject kind : SchemaObject.values()) {
      long nameless = 0;
      for (JsonObject json : unity.objects(kind, schema, operation)) {
        Optional<String> name = json.text("name").filter(UnityCatalog::isName);
        if (name.isEmpty()) {
          nameless++;
          continue;
        }
        TableInfo info = kind.info(schema.table(name.get()), json);
        if (!taken.add(name.get())) {
          intake.sink().notice(sameName(info));
        } else if (intake.listed(info)) {
          intake.take(kind.metadata(info, json));
        }
      }
      HiddenNames.objects(schema, kind.path(), nameless).forEach(intake.sink()::notice);
    }
  }

  /** {@return that an object is left out as something else has its name} */
  static Notice sameName(TableInfo object) {
    return Notice.of(
        NoticeCode.SKIPPED,
        new Notice.Scope.Table(object.name()),
        "A "
            + object.kind().id()
            + " has the name of something else in its schema: it isn't read.");
  }

  /** {@return the object of a name, whatever its kind; empty if there is none} */
  Optional<SingleTables.Found> find(TableName name) {
    for (SchemaObject kind : SchemaObject.values()) {
      try {
        JsonObject json = unity.object(kind, name, operation);
        return Optional.of(new SingleTables.Found(kind.info(name, json), json, Optional.of(kind)));
      } catch (ConnectionException failed) {
        if (failed.category() != Category.NOT_FOUND) {
          throw failed;
        }
      }
    }
    return Optional.empty();
  }
}
