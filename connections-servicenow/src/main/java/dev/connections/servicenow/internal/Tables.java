package dev.connections.servicenow.internal;

import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableName;
import dev.connections.http.TableList;
import dev.connections.servicenow.internal.ServiceNowFields.Schemas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of an instance that the user may see, and how they extend each other. */
final class Tables implements TableList {
  private static final SchemaName WHOLE_INSTANCE = SchemaName.of("default");
  private static final SchemaName GLOBAL = SchemaName.of("global");

  /** Instances have some ten. */
  static final int DEEPEST = 100;

  private final Schemas schemas;
  private final Listing<TableRow> listing;
  private final Map<String, TableRow> byName = new TreeMap<>();
  private final Map<String, String> nameById = new HashMap<>();
  private final Set<String> views;
  private final Set<String> remote;

  Tables(Schemas schemas, Listing<TableRow> listing, Set<String> views, Set<String> remote) {
    this.schemas = schemas;
    this.listing = listing;
    this.views = views;
    this.remote = remote;
    for (TableRow row : listing.rows()) {
      if (RecordQuery.isName(row.name())) {
        byName.put(row.name(), row);
        nameById.put(row.id(), row.name());
      }
    }
  }

  /** How a table got its columns. */
  record Line(List<String> names, Optional<String> problem) {}

  Listing<TableRow> listing() {
    return listing;
  }

  @Override
  public Collection<TableInfo> tables() {
    return byName.values().stream().map(this::info).toList();
  }

  /** {@return what the instance says of a table that is listed} */
  TableRow row(TableInfo table) {
    return Objects.requireNonNull(byName.get(table.name().table()), "listed");
  }

  Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  @Override
  public Set<SchemaName> schemas() {
    if (schemas == Schemas.INSTANCE) {
      return Set.of(WHOLE_INSTANCE);
    }
    Set<SchemaName> scopes = new TreeSet<>();
    byName.values().forEach(row -> scopes.add(schema(row)));
    return scopes;
  }

  private SchemaName schema(TableRow row) {
    return schemas == Schemas.INSTANCE ? WHOLE_INSTANCE : SchemaName.of(row.scope());
  }

  @Override
  public Optional<TableInfo> find(TableName name) {
    return Optional.ofNullable(byName.get(name.table()))
        .filter(row -> schema(row).equals(name.schema()))
        .map(this::info);
  }

  /** {@return the full name of a table; of one that can't be seen, as good as can be said} */
  TableName nameOf(String table) {
    TableRow row = byName.get(table);
    SchemaName unseen = schemas == Schemas.INSTANCE ? WHOLE_INSTANCE : GLOBAL;
    return (row == null ? unseen : schema(row)).table(table);
  }

  TableInfo info(TableRow row) {
    TableInfo info = TableInfo.of(schema(row).table(row.name()), kind(row));
    return row.label().isEmpty() ? info : info.withDescription(row.label());
  }

  private TableKind kind(TableRow row) {
    if (views.contains(row.name())) {
      return TableKind.VIEW;
    }
    return remote.contains(row.name()) ? TableKind.FOREIGN_TABLE : TableKind.TABLE;
  }

  /** {@return a table and those it extends, the nearest first, as far as they can be seen} */
  Line line(TableRow table) {
    Set<String> names = new LinkedHashSet<>();
    TableRow next = table;
    while (names.add(next.name())) {
      Optional<String> parent = parent(next);
      if (parent.isEmpty()) {
        return new Line(List.copyOf(names), hiddenParent(next));
      }
      TableRow row = byName.get(parent.get());
      if (row == null) {
        List<String> withUnseen = new ArrayList<>(names);
        withUnseen.add(parent.get());
        return new Line(
            Collections.unmodifiableList(withUnseen),
            Optional.of(
                "The table extends '" + parent.get() + "', which this user may not see in full."));
      }
      next = row;
      if (names.size() == DEEPEST) {
        return new Line(
            List.copyOf(names), Optional.of("More than " + DEEPEST + " tables extend each other."));
      }
    }
    return new Line(
        List.copyOf(names),
        Optional.of("The tables that this one extends refer to each other in a circle."));
  }

  private Optional<String> parent(TableRow row) {
    return Optional.of(row.parentName())
        .filter(RecordQuery::isName)
        .or(() -> Optional.ofNullable(nameById.get(row.parentId())));
  }

  private static Optional<String> hiddenParent(TableRow row) {
    return row.parentId().isEmpty()
        ? Optional.empty()
        : Optional.of("The table extends another one, which this user may not see.");
  }
}
