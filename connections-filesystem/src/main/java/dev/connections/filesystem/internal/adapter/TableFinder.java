package dev.connections.filesystem.internal.adapter;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableName;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.listing.FileWalk;
import dev.connections.filesystem.internal.listing.FoundTable;
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
  private final BaseDirectory base;
  private final ListingRules rules;
  private final Operation operation;

  TableFinder(BaseDirectory base, ListingRules rules, Operation operation) {
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
            : file(name, path, directory).or(() -> set(name, directory));
    return found.orElseThrow(() -> FileFailures.missing(path.text()).asException());
  }

  private Optional<FoundTable> file(TableName name, RelativePath path, RelativePath directory) {
    Optional<FileFormat> format = rules.formatOf(directory.text(), name.table());
    if (format.isEmpty()) {
      return Optional.empty();
    }
    try {
      BasicFileAttributes attributes = base.attributes(path);
      return Optional.of(
          FileWalk.single(
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
          table -> {
            if (wanted.test(table)) {
              found.add(table);
            }
          },
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
