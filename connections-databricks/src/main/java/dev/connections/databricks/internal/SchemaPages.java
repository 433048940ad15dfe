package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.databricks.UnityCatalogTable;
import dev.connections.http.JsonObject;
import dev.connections.http.Paging;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the tables of a schema page by page, one after the other. Safe for any thread. */
final class SchemaPages {
  private final UnityCatalog unity;
  private final TableReader reader;
  private final Intake intake;
  private final Operation operation;

  SchemaPages(UnityCatalog unity, TableReader reader, Intake intake, Operation operation) {
    this.unity = unity;
    this.reader = reader;
    this.intake = intake;
    this.operation = operation;
  }

  /**
   * {@return the names of the tables}
   *
   * @throws ConnectionException if a page can't be read; those before it were
   */
  Set<String> read(SchemaName schema) {
    Found all = new Found(schema);
    Paging.follow(
        unity.service(),
        token -> unity.tables(schema, token, Function.identity(), operation),
        rows -> rows.forEach(all::add),
        operation);
    HiddenNames.tables(schema, all.nameless).forEach(intake.sink()::notice);
    if (all.browseOnly > 0) {
      intake.sink().notice(browseOnly(schema, all.browseOnly));
    }
    return all.names;
  }

  /** What was read of one schema. */
  private final class Found {
    private final SchemaName schema;
    private final Set<String> names = new HashSet<>();
    private long browseOnly;
    private long nameless;

    Found(SchemaName schema) {
      this.schema = schema;
    }

    void add(JsonObject table) {
      Optional<TableInfo> info = TableReader.info(schema, table);
      info.ifPresent(found -> names.add(found.name().table()));
      nameless += info.isPresent() ? 0 : 1;
      browseOnly += info.isPresent() && offer(info.get(), table) ? 1 : 0;
    }
  }

  /** {@return whether the table may only be browsed} */
  private boolean offer(TableInfo info, JsonObject json) {
    if (!intake.listed(info)) {
      return false;
    }
    TableMetadata metadata = reader.listed(info, json);
    intake.take(metadata);
    return metadata.extension(UnityCatalogTable.class).orElseThrow().browseOnly();
  }

  static Notice browseOnly(SchemaName schema, long tables) {
    return Notice.of(
            StandardErrorCode.PERMISSION_DENIED,
            new Notice.Scope.Schema(schema),
            "The login may browse "
                + tables
                + (tables == 1 ? " table" : " tables")
                + " and not read rows.")
        .withRemedy("Ask the owner for SELECT if rows are needed.");
  }
}
