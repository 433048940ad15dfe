package dev.connections.benchmarks;

import dev.connections.api.TableMetadata;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.InMemoryAuditLog;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.TablePattern;
import dev.connections.core.secrets.KeySource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Imports a workspace through core, at default settings, in a process of its own, and prints the
 * best time in nanoseconds.
 */
final class DatabricksImports {
  private DatabricksImports() {}

  /**
   * Imports.
   *
   * @param arguments address, token, columns to expect, rounds; the warehouse if there is one; a
   *     pattern of tables and up to how many are read one by one, if not all are wanted
   * @throws Exception if an import fails
   */
  public static void main(String[] arguments) throws Exception {
    try (Connections connections =
        Connections.builder()
            .keys(KeySource.ephemeral())
            .audit(InMemoryAuditLog.create())
            .build()) {
      TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
      ConnectionDraft draft =
          ConnectionDraft.of("databricks", "Lake")
              .set("workspace_url", arguments[0])
              .set("authentication.token", arguments[1])
              .set("catalog", "main");
      if (arguments.length > 4) {
        draft = draft.set("compute.warehouse_id", arguments[4]);
      }
      ImportOptions options = ImportOptions.all();
      if (arguments.length > 6) {
        options =
            ImportOptions.builder().include(List.of(TablePattern.of("*", arguments[5]))).build();
        draft = draft.set("advanced.one_by_one_up_to", Integer.parseInt(arguments[6]));
      }
      Connection connection = mine.create(draft);
      ImportOptions wanted = options;
      long columns = Long.parseLong(arguments[2]);
      int rounds = Integer.parseInt(arguments[3]);
      System.out.println(Timing.best(() -> imported(mine, connection, wanted, columns), 0, rounds));
    }
    System.exit(0);
  }

  private static void imported(
      TenantConnections mine, Connection connection, ImportOptions wanted, long expected) {
    LongAdder columns = new LongAdder();
    ImportListener counting =
        new ImportListener() {
          @Override
          public void table(TableMetadata table) {
            columns.add(table.columns().size());
          }
        };
    mine.importMetadata(connection.id(), wanted, counting).join().orThrow();
    if (columns.sum() != expected) {
      throw new IllegalStateException(columns.sum() + " columns");
    }
  }
}
