package dev.connections.testkit.example;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.Column;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.DataType;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.RemoteCalls;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.StandardStep;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import dev.connections.api.TypeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Reads a shelf: one schema, a table for each line. */
final class ShelfAdapter implements ConnectionAdapter {
  private static final SchemaName SCHEMA = SchemaName.of("shelf");
  private static final Set<Section> LOADED = Set.of(Section.COLUMNS);

  private final Path file;
  private final RemoteCalls calls;
  private volatile boolean closed;

  ShelfAdapter(String file, AdapterContext context) {
    this.file = Path.of(file);
    this.calls = context.calls(CallLimits.parallel(2));
  }

  @Override
  public TestResult test(Operation operation) {
    return TestSteps.of(operation)
        .step(StandardStep.CONNECT, step -> lines(operation))
        .step(StandardStep.READ, step -> step.detail(tables(operation).size() + " tables"))
        .result();
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    lines(operation);
    return List.of(SchemaInfo.of(SCHEMA));
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    if (!query.schema().equals(SCHEMA)) {
      throw StandardFailures.notFound("schema", query.schema().display()).asException();
    }
    String part = query.nameContains().orElse("").toLowerCase(Locale.ROOT);
    // The token of a page is the last name of the page before.
    List<TableInfo> found =
        tables(operation).tailMap(query.pageToken().orElse(""), false).values().stream()
            .map(TableMetadata::info)
            .filter(info -> info.name().table().toLowerCase(Locale.ROOT).contains(part))
            .toList();
    if (found.size() <= query.limit()) {
      return new Page<>(found, Optional.empty(), OptionalLong.empty(), List.of());
    }
    List<TableInfo> page = found.subList(0, query.limit());
    String last = page.get(page.size() - 1).name().table();
    return new Page<>(page, Optional.of(last), OptionalLong.empty(), List.of());
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    return find(tables(operation), table)
        .orElseThrow(() -> StandardFailures.notFound("table", table.display()).asException());
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    // One call reads everything. The sink is told afterwards, outside of the call.
    TreeMap<String, TableMetadata> tables = tables(operation);
    List<TableMetadata> wanted = new ArrayList<>();
    if (selection.names().isPresent()) {
      for (TableName name : selection.names().get()) {
        Optional<TableMetadata> found = find(tables, name);
        if (found.isEmpty()) {
          sink.failed(name, StandardFailures.notFound("table", name.display()));
        } else if (sink.listed(found.get().info()) == MetadataSink.Decision.READ) {
          wanted.add(found.get());
        }
      }
    } else if (selection.mayInclude(SCHEMA)) {
      for (TableMetadata table : tables.values()) {
        if (sink.listed(table.info()) == MetadataSink.Decision.READ) {
          wanted.add(table);
        }
      }
      sink.listingComplete(SCHEMA);
    }
    if (!sink.proceed(ImportPlan.of(wanted.size(), 0))) {
      return new ImportEnd.Stopped();
    }
    for (TableMetadata table : wanted) {
      operation.checkpoint();
      sink.table(table);
    }
    return ImportEnd.Done.unmarked();
  }

  private static Optional<TableMetadata> find(Map<String, TableMetadata> tables, TableName name) {
    return name.schema().equals(SCHEMA)
        ? Optional.ofNullable(tables.get(name.table()))
        : Optional.empty();
  }

  private TreeMap<String, TableMetadata> tables(Operation operation) {
    TreeMap<String, TableMetadata> tables = new TreeMap<>();
    for (String line : lines(operation)) {
      String[] parts = line.split(":", -1);
      if (parts.length != 2) {
        throw Failure.of(
                StandardErrorCode.MALFORMED_DATA, "A line of the file has no colon, or several.")
            .withRemedy("Choose a shelf file, or correct the line: name, colon, columns.")
            .withFields(ShelfProvider.FILE)
            .asException();
      }
      TableName name = SCHEMA.table(parts[0].strip());
      tables.put(
          name.table(),
          TableMetadata.builder(TableInfo.of(name, TableKind.FILE), LOADED)
              .columns(Arrays.stream(parts[1].split(",")).map(ShelfAdapter::column).toList())
              .build());
    }
    return tables;
  }

  private static Column column(String name) {
    return Column.of(name.strip(), DataType.of(TypeKind.STRING, "text"), true);
  }

  /** The one round trip: whatever goes wrong in it gets a precise code. */
  private List<String> lines(Operation operation) {
    if (closed) {
      throw StandardFailures.cancelled().asException();
    }
    return calls.read(
        "read file",
        operation,
        attempt -> {
          try {
            return Files.readAllLines(file);
          } catch (NoSuchFileException e) {
            throw StandardFailures.notFound("file", file.getFileName().toString())
                .withFields(ShelfProvider.FILE)
                .asException(e);
          } catch (IOException e) {
            throw Failure.of(StandardErrorCode.MALFORMED_DATA, "The file can't be read as text.")
                .withRemedy("Choose a shelf file in UTF-8.")
                .withFields(ShelfProvider.FILE)
                .asException(e);
          }
        });
  }

  @Override
  public void close() {
    closed = true;
  }
}
