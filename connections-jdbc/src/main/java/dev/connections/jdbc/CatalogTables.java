package dev.connections.jdbc;

import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads tables of a catalog in the order in which it can merge them. */
final class CatalogTables {
  private CatalogTables() {}

  /** Reads tables. {@return what couldn't be read of all of them} */
  static <T extends ListedTable> List<Notice> read(
      RelationalCatalog<T> catalog,
      List<T> tables,
      Set<Section> wanted,
      RelationalCatalog.Receiver<T> receiver,
      Operation operation) {
    if (tables.isEmpty()) {
      return List.of();
    }
    Set<Section> sections = EnumSet.of(Section.COLUMNS);
    sections.addAll(wanted);
    List<T> sorted = tables.stream().sorted(Comparator.comparingLong(ListedTable::id)).toList();
    return catalog.read(sorted, sections, receiver, operation);
  }

  /** {@return everything there is of one table} */
  static <T extends ListedTable> TableMetadata read(
      RelationalCatalog<T> catalog, T table, Operation operation) {
    List<TableMetadata> read = new ArrayList<>(1);
    read(
        catalog,
        List.of(table),
        EnumSet.allOf(Section.class),
        new RelationalCatalog.Receiver<>() {
          @Override
          public void table(TableMetadata metadata) {
            read.add(metadata);
          }

          @Override
          public void dropped(T dropped) {
            throw dropped.dropped().asException();
          }
        },
        operation);
    return read.get(0);
  }
}
