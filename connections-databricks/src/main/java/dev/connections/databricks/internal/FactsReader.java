package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.databricks.UnityCatalogTags;
import dev.connections.databricks.internal.FactsRelation.Topic;
import dev.connections.http.JsonRows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads keys, tags and lineage: one query for each relation of a catalog, or one for each schema
 * where a catalog gives more than an answer holds. What can't be read is told in a notice, and the
 * rest is read.
 */
final class FactsReader {
  private record Task(FactsRelation relation, String catalog) {}

  private final WarehouseStatements statements;
  private final Parallel parallel;
  private final int width;
  private final LocalDate since;
  private final Operation operation;
  private final Map<Task, List<StatementResult>> results = new ConcurrentHashMap<>();
  private final Map<Task, Failure> failures = new ConcurrentHashMap<>();

  FactsReader(
      WarehouseStatements statements,
      Parallel parallel,
      int width,
      LocalDate since,
      Operation operation) {
    this.statements = statements;
    this.parallel = parallel;
    this.width = width;
    this.since = since;
    this.operation = operation;
  }

  /** What was read, and what couldn't be. */
  record Read(CatalogFacts facts, List<Notice> notices) {}

  /** {@return what is known of these catalogs, each with its schemas that are wanted} */
  Read read(Map<String, List<SchemaName>> catalogs, Set<Topic> wanted) {
    List<Task> tasks = new ArrayList<>();
    for (String catalog : catalogs.keySet()) {
      for (FactsRelation relation : FactsRelation.values()) {
        if (wanted.contains(relation.topic())) {
          tasks.add(new Task(relation, catalog));
        }
      }
    }
    parallel.forEach(
        tasks,
        width,
        operation,
        task -> read(task, catalogs.getOrDefault(task.catalog(), List.of())));
    return new Read(facts(catalogs.keySet(), wanted), notices());
  }

  private void read(Task task, List<SchemaName> schemas) {
    try {
      results.put(task, queried(task, schemas));
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      failures.put(task, failed.failure());
    }
  }

  /** A reference may lead out of its schema, so keys are asked for by catalog first. */
  private List<StatementResult> queried(Task task, List<SchemaName> schemas) {
    boolean one = schemas.size() == 1 && task.relation().topic() != Topic.KEYS;
    try {
      Optional<String> schema = one ? Optional.of(schemas.get(0).schema()) : Optional.empty();
      return List.of(query(task, schema));
    } catch (ConnectionException failed) {
      if (one || !failed.code().equals(StandardErrorCode.TOO_LARGE)) {
        throw failed;
      }
    }
    List<StatementResult> parts = new ArrayList<>();
    for (SchemaName schema : schemas) {
      parts.add(query(task, Optional.of(schema.schema())));
    }
    return parts;
  }

  private StatementResult query(Task task, Optional<String> schema) {
    return statements.query(task.relation().query(task.catalog(), schema, since), operation);
  }

  private CatalogFacts facts(Set<String> catalogs, Set<Topic> wanted) {
    KeyBook keys = new KeyBook();
    LineageBook lineage = new LineageBook();
    Map<TableName, Map<String, String>> tags = new HashMap<>();
    Map<TableName, Map<String, Map<String, String>>> columnTags = new HashMap<>();
    for (String catalog : catalogs) {
      of(FactsRelation.CONSTRAINTS, catalog).forEach(part -> keys.constraints(catalog, part));
      of(FactsRelation.KEY_COLUMNS, catalog).forEach(part -> keys.columns(catalog, part));
      of(FactsRelation.REFERENCES, catalog).forEach(part -> keys.references(catalog, part));
      of(FactsRelation.TABLE_TAGS, catalog).forEach(part -> tags(catalog, part, tags));
      of(FactsRelation.COLUMN_TAGS, catalog).forEach(part -> columnTags(catalog, part, columnTags));
      of(FactsRelation.TABLE_LINEAGE, catalog).forEach(lineage::tables);
      of(FactsRelation.COLUMN_LINEAGE, catalog).forEach(lineage::columns);
    }
    Map<TableName, Map<String, UnityCatalogTags>> byColumn = new HashMap<>();
    columnTags.forEach((table, columns) -> byColumn.put(table, extensions(columns)));
    Set<String> keyed = new HashSet<>(wanted.contains(Topic.KEYS) ? catalogs : Set.of());
    failures.keySet().stream()
        .filter(task -> task.relation().topic() == Topic.KEYS)
        .forEach(task -> keyed.remove(task.catalog()));
    return new CatalogFacts(keyed, keys.byTable(), extensions(tags), byColumn, lineage.byTable());
  }

  private List<StatementResult> of(FactsRelation relation, String catalog) {
    return results.getOrDefault(new Task(relation, catalog), List.of());
  }

  private static <K> Map<K, UnityCatalogTags> extensions(Map<K, Map<String, String>> tags) {
    Map<K, UnityCatalogTags> extensions = new HashMap<>();
    tags.forEach((key, values) -> extensions.put(key, new UnityCatalogTags(values)));
    return extensions;
  }

  private static void tags(
      String catalog, StatementResult part, Map<TableName, Map<String, String>> tags) {
    for (JsonRows.Row row : part.rows()) {
      tag(part, row, tags.computeIfAbsent(table(catalog, part, row), none -> new HashMap<>()));
    }
  }

  private static void columnTags(
      String catalog, StatementResult part, Map<TableName, Map<String, Map<String, String>>> tags) {
    for (JsonRows.Row row : part.rows()) {
      tag(
          part,
          row,
          tags.computeIfAbsent(table(catalog, part, row), none -> new HashMap<>())
              .computeIfAbsent(part.text(row, "column_name").orElse(""), none -> new HashMap<>()));
    }
  }

  private static void tag(StatementResult part, JsonRows.Row row, Map<String, String> tags) {
    part.text(row, "tag_name")
        .ifPresent(name -> tags.put(name, part.text(row, "tag_value").orElse("")));
  }

  private static TableName table(String catalog, StatementResult part, JsonRows.Row row) {
    return SchemaName.of(catalog, part.text(row, "schema_name").orElse(""))
        .table(part.text(row, "table_name").orElse(""));
  }

  /** One for each topic and reason, whatever the number of catalogs. */
  private List<Notice> notices() {
    Map<String, Notice> notices = new LinkedHashMap<>();
    for (Topic topic : EnumSet.allOf(Topic.class)) {
      failures.entrySet().stream()
          .filter(entry -> entry.getKey().relation().topic() == topic)
          .sorted(Comparator.comparing(entry -> entry.getKey().catalog()))
          .forEach(
              entry -> {
                Notice notice = missing(topic, entry.getKey().catalog(), entry.getValue());
                notices.putIfAbsent(notice.message(), notice);
              });
    }
    return List.copyOf(notices.values());
  }

  private static Notice missing(Topic topic, String catalog, Failure failure) {
    if (topic == Topic.LINEAGE && rights(failure)) {
      return notLoaded(
          topic.words() + " wasn't read: the login may not read the system tables of lineage.",
          "Ask for USE CATALOG on system, and for USE SCHEMA and SELECT on system.access.");
    }
    return notLoaded(
        topic.words() + " of the catalog " + catalog + " weren't read. " + failure.message(),
        failure.remedy().orElse("Try again."));
  }

  private static boolean rights(Failure failure) {
    return failure.code().equals(StandardErrorCode.PERMISSION_DENIED)
        || failure.code().equals(StandardErrorCode.NOT_FOUND);
  }

  static Notice notLoaded(String message, String remedy) {
    return Notice.of(NoticeCode.NOT_LOADED, new Notice.Scope.Source(), message).withRemedy(remedy);
  }
}
