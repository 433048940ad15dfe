package dev.connections.servicenow.internal;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.http.Findings;
import dev.connections.http.ServiceCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An instance's tables, the columns of all or of a few, and whether anything changed. */
final class InstanceCatalog implements ServiceCatalog<Tables> {
  /** Below a fifth of the tables, lists of names are less to read than the whole dictionary. */
  private static final int FEW = 5;

  private final TableApi api;
  private final DictionaryReader reader;

  InstanceCatalog(TableApi api, DictionaryReader reader) {
    this.api = api;
    this.reader = reader;
  }

  @Override
  public Tables list(Findings findings, Operation operation) {
    return reader.tables(findings, operation);
  }

  @Override
  public TableMetadata table(Tables tables, TableInfo table, Operation operation) {
    Findings findings = new Findings();
    Dictionary dictionary =
        reader.dictionary(
            new DictionaryReader.Wanted(tables.names(), Optional.of(lines(List.of(table), tables))),
            findings,
            operation);
    TableRow row = tables.row(table);
    return new TableReader(tables, dictionary, findings.notices())
        .read(row)
        .orElseThrow(() -> TableReader.noColumn(row).asException());
  }

  @Override
  public long calls(Tables tables, Wanted wanted, Operation operation) {
    return reader.calls(whose(tables, wanted), operation);
  }

  @Override
  public void read(
      Tables tables, Wanted wanted, Findings findings, Receiver receiver, Operation operation) {
    DictionaryReader.Wanted whose = whose(tables, wanted);
    if (whose.some().isPresent() && !wanted.named()) {
      Freshness.ask(api, DictionaryRow.ALL, operation)
          .ifPresent(state -> findings.state(DictionaryRow.ALL.toString(), state));
    }
    TableReader joined = new TableReader(tables, reader.dictionary(whose, findings, operation));
    for (TableInfo table : wanted.tables()) {
      TableRow row = tables.row(table);
      joined
          .read(row)
          .ifPresentOrElse(
              receiver::table, () -> receiver.failed(table.name(), TableReader.noColumn(row)));
    }
  }

  /** {@return whose columns are read, and whether it is better to name them} */
  private static DictionaryReader.Wanted whose(Tables tables, Wanted wanted) {
    Set<String> needed = lines(wanted.tables(), tables);
    boolean few = needed.size() * FEW < tables.names().size();
    return new DictionaryReader.Wanted(
        tables.names(), few ? Optional.of(needed) : Optional.empty());
  }

  private static Set<String> lines(List<TableInfo> wanted, Tables tables) {
    Set<String> needed = new HashSet<>();
    wanted.forEach(table -> needed.addAll(tables.line(tables.row(table)).names()));
    return needed;
  }

  /** Count and newest change of each table that is watched. */
  @Override
  public Optional<ChangeMarker> state(Findings findings, Operation operation) {
    List<String> parts = new ArrayList<>();
    for (RecordQuery query : reader.watched()) {
      Optional<String> part = Freshness.ask(api, query, operation);
      if (part.isEmpty()) {
        DictionaryReader.unsorted(query.table(), findings);
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(marker(parts));
  }

  @Override
  public Optional<ChangeMarker> stateRead(Findings findings) {
    return findings
        .states(reader.watched().stream().map(RecordQuery::toString).toList())
        .map(InstanceCatalog::marker);
  }

  private static ChangeMarker marker(List<String> parts) {
    return new ChangeMarker(String.join("|", parts));
  }

  /** What isn't there and what is hidden differ: one of them is deleted. */
  @Override
  public List<Failure> missing(Tables tables, List<TableName> names, Operation operation) {
    Set<String> hidden =
        tables.listing().hidden() == 0
            ? Set.of()
            : reader.hidden(names.stream().map(TableName::table).toList(), operation);
    return names.stream()
        .map(
            name ->
                hidden.contains(name.table())
                    ? TableReader.hidden(name)
                    : StandardFailures.notFound("table", name.display()))
        .toList();
  }
}
