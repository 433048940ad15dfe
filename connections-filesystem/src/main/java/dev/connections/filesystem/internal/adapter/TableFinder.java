package dev.connections.filesystem.internal.adapter;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableName;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.listing.FileWalk;
import dev.connections.filesystem.internal.listing.FoundTable;
import dev.connections.filesystem.internal.listing.ListingReceiver;
import dev.connections.filesystem.internal.listing.ListingRules;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.RelativePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Finds one table by its name. A name that a listing wouldn't have given is none. */
final class TableFinder {
  private static final Optional<FileFormat> WORKBOOK = Optional.of(FileFormat.XLSX);

  private final BaseDirectory base;
  private final ListingRules rules;
  private final TableReader reader;
  private final Operation operation;

  TableFinder(BaseDirectory base, ListingRules rules, TableReader reader, Operation operation) {
    this.reader = reader;
    this.base = base;
    this.rules = rules;
    this.operation = operation;
  }

  /** The table of a name; NOT_FOUND if there is none. */
  FoundTable find(TableName name) {
    RelativePath path = RelativePath.of(name);
    RelativePath directory = RelativePath.of(name.schema());
    if (!FileWalk.isSchema(directory, rules)) {
      throw FileFailures.missing(path.text()).asException();
    }
    Optional<FoundTable> found =
        rules.joined()
            ? listed(directory, table -> table.info().name().equals(name))
            : file(name, path, directory)
                .filter(file -> file.format() != FileFormat.XLSX)
                .<FoundTable>map(file -> file)
                .or(() -> sheet(name, directory))
                .or(() -> set(name, directory));
    return found.orElseThrow(() -> FileFailures.missing(path.text()).asException());
  }

  /** A sheet, or a workbook that can't be read. File names may hold the character between, too. */
  private Optional<FoundTable> sheet(TableName name, RelativePath directory) {
    String table = name.table();
    List<FoundTable> found = new ArrayList<>(1);
    for (int end = 0; end <= table.length() && found.isEmpty(); end++) {
      if (end == table.length() || table.charAt(end) == FoundTable.SingleFile.SHEET) {
        TableName workbook = name.schema().table(table.substring(0, end));
        if (rules.formatOf(directory.text(), workbook.table()).equals(WORKBOOK)) {
          ListingReceiver sheets = new WorkbookSheets(wanted(name, found), reader, base, operation);
          file(workbook, RelativePath.of(workbook), directory).ifPresent(sheets::table);
        }
      }
    }
    return found.stream().findFirst();
  }

  private static ListingReceiver wanted(TableName name, List<FoundTable> found) {
    return table -> {
      if (table.info().name().equals(name)) {
        found.add(table);
      }
    };
  }

  private Optional<FoundTable.SingleFile> file(
      TableName name, RelativePath path, RelativePath directory) {
    Optional<FileFormat> format = rules.formatOf(directory.text(), name.table());
    if (format.isEmpty()) {
      return Optional.empty();
    }
    try {
      BasicFileAttributes attributes = base.attributes(path);
      return Optional.of(
          FoundTable.SingleFile.of(
              name,
              format.get(),
              attributes.size(),
              attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS)));
    } catch (NoSuchFileException noFile) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFailures.of(path.text(), e, operation);
    }
  }

  private Optional<FoundTable> set(TableName name, RelativePath directory) {
    if (!name.table().equals(FileWalk.setName(base, directory.text()))) {
      return Optional.empty();
    }
    return listed(directory, table -> !(table instanceof FoundTable.SingleFile));
  }

  /** The table that a listing of its directory gives. */
  private Optional<FoundTable> listed(RelativePath directory, Predicate<FoundTable> wanted) {
    List<FoundTable> found = new ArrayList<>(1);
    try {
      FileWalk.one(
          base,
          directory,
          rules,
          new WorkbookSheets(
              table -> {
                if (wanted.test(table)) {
                  found.add(table);
                }
              },
              reader,
              base,
              operation),
          operation);
    } catch (NoSuchFileException noDirectory) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFailures.of(directory.text(), e, operation);
    }
    return found.stream().findFirst();
  }

  /** That there is no such schema, in the words of every source. */
  static ConnectionException noSchema(RelativePath directory) {
    return StandardFailures.notFound("schema", FileFailures.shown(directory.text())).asException();
  }
}
