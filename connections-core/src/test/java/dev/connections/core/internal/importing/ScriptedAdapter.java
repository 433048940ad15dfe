package dev.connections.core.internal.importing;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An adapter whose bulk read is what a test says; one script for each call, the last for the rest.
 */
final class ScriptedAdapter implements ConnectionAdapter {
  /** One bulk read. */
  @FunctionalInterface
  interface Script {
    ImportEnd read(ImportSelection selection, MetadataSink sink, Operation operation)
        throws Exception;
  }

  private final List<Script> scripts;
  private int calls;

  ScriptedAdapter(Script... scripts) {
    this.scripts = List.of(scripts);
  }

  /** A well-behaved source of some tables, in one pass. */
  static ScriptedAdapter of(TableInfo... tables) {
    return new ScriptedAdapter(reading(tables));
  }

  static Script reading(TableInfo... tables) {
    Map<SchemaName, List<TableInfo>> schemas = new TreeMap<>();
    for (TableInfo table : tables) {
      schemas.computeIfAbsent(table.name().schema(), name -> new ArrayList<>()).add(table);
    }
    return (selection, sink, operation) -> {
      List<TableInfo> wanted = new ArrayList<>();
      schemas.forEach(
          (schema, listed) -> {
            if (selection.names().isEmpty() && !selection.mayInclude(schema)) {
              return;
            }
            for (TableInfo table : listed) {
              boolean asked =
                  selection.names().map(names -> names.contains(table.name())).orElse(true);
              if (asked && sink.listed(table) == MetadataSink.Decision.READ) {
                wanted.add(table);
              }
            }
            if (selection.names().isEmpty()) {
              sink.listingComplete(schema);
            }
          });
      if (!sink.proceed(ImportPlan.of(wanted.size(), wanted.size()))) {
        return new ImportEnd.Stopped();
      }
      for (TableInfo table : wanted) {
        operation.checkpoint();
        sink.table(Tables.read(table, 2));
      }
      return ImportEnd.Done.unmarked();
    };
  }

  int calls() {
    return calls;
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    Script script = scripts.get(Math.min(calls, scripts.size() - 1));
    calls++;
    try {
      return script.read(selection, sink, operation);
    } catch (Exception thrown) {
      throw sneaky(thrown);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E sneaky(Exception thrown) throws E {
    throw (E) thrown;
  }

  @Override
  public TestResult test(Operation operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
