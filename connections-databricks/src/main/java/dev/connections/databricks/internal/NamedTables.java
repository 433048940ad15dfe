package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.Operation;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An import of tables that are named: one request for each, and four statements for each of their
 * schemas where a warehouse is there.
 */
final class NamedTables {
  private final Catalogs catalogs;
  private final ReadingSettings settings;
  private final Optional<WarehouseStatements> warehouse;
  private final Intake intake;
  private final Operation operation;
  private final SingleTables tables;
  private final ExternalLocations locations;

  NamedTables(
      Catalogs catalogs,
      ReadingSettings settings,
      Optional<WarehouseStatements> warehouse,
      Intake intake,
      Operation operation) {
    this.catalogs = catalogs;
    this.settings = settings;
    this.warehouse = warehouse;
    this.intake = intake;
    this.operation = operation;
    this.tables = new SingleTables(catalogs, settings.objects(), operation);
    this.locations = new ExternalLocations(catalogs.unity(), operation);
  }

  ImportEnd read(Set<TableName> names) {
    if (!intake.sink().proceed(ImportPlan.of(names.size(), names.size()))) {
      return new ImportEnd.Stopped();
    }
    TableReader reader = new TableReader(facts(names), locations::of);
    settings
        .parallel()
        .forEach(
            List.copyOf(new TreeSet<>(names)),
            settings.width(),
            operation,
            name -> read(name, reader));
    locations.notices().forEach(intake.sink()::notice);
    return ImportEnd.Done.unmarked();
  }

  private CatalogFacts facts(Set<TableName> names) {
    Set<TableName> possible = names.stream().filter(this::isPossible).collect(Collectors.toSet());
    Set<FactsRelation.Topic> topics = ImportFacts.topics(intake::wants, settings);
    topics.remove(FactsRelation.Topic.KEYS);
    if (possible.isEmpty() || topics.isEmpty()) {
      return CatalogFacts.NONE;
    }
    FactsReader.Read read =
        ImportFacts.by(warehouse, catalogs.unity(), settings, operation).ofTables(possible, topics);
    read.notices().forEach(intake.sink()::notice);
    return read.facts();
  }

  private boolean isPossible(TableName name) {
    try {
      tables.check(name);
      return true;
    } catch (ConnectionException refused) {
      return false; // it is told when the table is read
    }
  }

  private void read(TableName name, TableReader reader) {
    TableMetadata metadata;
    try {
      metadata = tables.find(name).metadata(reader, List::of);
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      intake.sink().failed(name, failed.failure());
      return;
    }
    if (intake.listed(metadata.info())) {
      intake.take(metadata);
    }
  }
}
