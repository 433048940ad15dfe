package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableName;
import dev.connections.databricks.internal.FactsRelation.Topic;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What statements say of the tables that are read over REST: by a warehouse that takes them, or not
 * at all, and then a notice tells why.
 */
final class ImportFacts {
  private final ReadingSettings settings;
  private final Operation operation;
  private final Optional<WarehouseStatements> usable;
  private final Optional<Failure> unready;

  private ImportFacts(
      ReadingSettings settings,
      Operation operation,
      Optional<WarehouseStatements> usable,
      Optional<Failure> unready) {
    this.settings = settings;
    this.operation = operation;
    this.usable = usable;
    this.unready = unready;
  }

  /** Asks for the state of the warehouse, if the connection names one. */
  static ImportFacts by(
      Optional<WarehouseStatements> warehouse,
      UnityCatalog unity,
      ReadingSettings settings,
      Operation operation) {
    Optional<Failure> unready = warehouse.flatMap(it -> unready(it, operation));
    Optional<WarehouseStatements> usable =
        unready.isPresent()
            ? Optional.empty()
            : warehouse.map(it -> it.limited(settings.statements(unity, operation)));
    return new ImportFacts(settings, operation, usable, unready);
  }

  /** Asks nothing: there is nothing to read. */
  static ImportFacts none(ReadingSettings settings, Operation operation) {
    return new ImportFacts(settings, operation, Optional.empty(), Optional.empty());
  }

  /** Whatever is wrong with the warehouse, the lists can still be read. */
  private static Optional<Failure> unready(WarehouseStatements statements, Operation operation) {
    try {
      return statements.unready(operation);
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      return Optional.of(failed.failure());
    }
  }

  /** {@return the warehouse, if it takes statements} */
  Optional<WarehouseStatements> statements() {
    return usable;
  }

  /** {@return what statements are to say, by the sections that are wanted} */
  static Set<Topic> topics(Predicate<Section> wanted, ReadingSettings settings) {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    if (wanted.test(Section.KEYS) || wanted.test(Section.FOREIGN_KEYS)) {
      topics.add(Topic.KEYS);
    }
    if (wanted.test(Section.PROPERTIES)) {
      topics.add(Topic.TAGS);
      if (settings.lineageSince().isPresent()) {
        topics.add(Topic.LINEAGE);
      }
    }
    return topics;
  }

  /** {@return what is said of whole catalogs, each with its schemas that are wanted} */
  FactsReader.Read ofCatalogs(Map<String, List<SchemaName>> catalogs, Set<Topic> topics) {
    return catalogs.isEmpty()
        ? FactsReader.Read.NOTHING
        : read(topics, reader -> reader.read(catalogs, topics));
  }

  /** {@return what is said of these tables, beside their keys, which REST tells} */
  FactsReader.Read ofTables(Set<TableName> tables, Set<Topic> topics) {
    Set<Topic> rest = EnumSet.noneOf(Topic.class);
    rest.addAll(topics);
    rest.remove(Topic.KEYS);
    return tables.isEmpty()
        ? FactsReader.Read.NOTHING
        : read(rest, reader -> reader.read(tables, rest));
  }

  private FactsReader.Read read(
      Set<Topic> topics, Function<FactsReader, FactsReader.Read> reading) {
    if (topics.isEmpty()) {
      return FactsReader.Read.NOTHING;
    }
    return usable
        .map(it -> reading.apply(new FactsReader(it, settings, operation)))
        .orElseGet(
            () -> new FactsReader.Read(CatalogFacts.NONE, List.of(withoutWarehouse(topics))));
  }

  private Notice withoutWarehouse(Set<Topic> topics) {
    String what = topics.stream().map(Topic::words).collect(Collectors.joining(", "));
    String reason =
        unready
            .map(Failure::message)
            .orElse("Statements tell them, and the connection names no SQL warehouse.");
    String remedy = unready.flatMap(Failure::remedy).orElse("Enter a warehouse's id.");
    return FactsReader.notLoaded(what + " weren't read. " + reason, remedy);
  }
}
