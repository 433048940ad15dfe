package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.databricks.UnityCatalogTags;
import dev.connections.databricks.internal.FactsRelation.Scope;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Reads keys, tags and lineage: of whole catalogs by one query for each relation, or one for each
 * schema where a catalog gives more than an answer holds; of some tables by one query for each
 * relation and schema. What can't be read is told in a notice, and the rest is read.
 */
final class FactsReader {
  /** More names than these aren't listed in a query: the whole schema is asked for. */
  private static final int MOST_NAMED = 50;

  private record Task(FactsRelation relation, Scope scope) {}

  private final WarehouseStatements statements;
  private final ReadingSettings settings;
  private final Operation operation;
  private final Map<Task, List<StatementResult>> results = new ConcurrentHashMap<>();
  private final Map<Task, Failure> failures = new ConcurrentHashMap<>();

  FactsReader(WarehouseStatements statements, ReadingSettings settings, Operation operation) {
    this.statements = statements;
    this.settings = settings;
    this.operation = operation;
  }

  /** What was read, and what couldn't be. */
  record Read(CatalogFacts facts, List<Notice> notices) {
    static final Read NOTHING = new Read(CatalogFacts.NONE, List.of());
  }

  /** {@return what is known of these catalogs, each with its schemas that are wanted} */
  Read read(Map<String, List<SchemaName>> catalogs, Set<Topic> wanted) {
    List<Scope> scopes = catalogs.keySet().stream().map(Scope::of).toList();
    return read(scopes, catalogs, wanted);
  }

  /** {@return what is known of these tables} */
  Read read(Set<TableName> tables, Set<Topic> wanted) {
    Map<SchemaName, List<String>> bySchema = new TreeMap<>();
    for (TableName table : new TreeSet<>(tables)) {
      bySchema.computeIfAbsent(table.schema(), none -> new ArrayList<>()).add(table.table());
    }
    List<Scope> scopes = new ArrayList<>();
    bySchema.forEach(
        (schema, names) ->
            scopes.add(Scope.of(schema, names.size() > MOST_NAMED ? List.of() : names)));
    return read(scopes, Map.of(), wanted);
  }

  private Read read(List<Scope> scopes, Map<String, List<SchemaName>> schemas, Set<Topic> wanted) {
    List<Task> tasks = new ArrayList<>();
    for (Scope scope : scopes) {
      for (FactsRelation relation : FactsRelation.values()) {
        if (wanted.contains(relation.topic())) {
          tasks.add(new Task(relation, scope));
        }
      }
    }
    settings
        .parallel()
        .forEach(
            tasks,
            settings.width(),
            operation,
            task -> read(task, schemas.getOrDefault(task.scope().catalog(), List.of())));
    return new Read(facts(scopes, wanted), notices());
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
    boolean one =
        task.scope().schema().isPresent()
            || (schemas.size() == 1 && task.relation().topic() != Topic.KEYS);
    Scope first =
        one && task.scope().schema().isEmpty() ? Scope.of(schemas.get(0), List.of()) : task.scope();
    try {
      return List.of(query(task.relation(), first));
    } catch (ConnectionException failed) {
      if (one || !failed.code().equals(StandardErrorCode.TOO_LARGE)) {
        throw failed;
      }
    }
    List<StatementResult> parts = new ArrayList<>();
    for (SchemaName schema : schemas) {
      parts.add(query(task.relation(), Scope.of(schema, List.of())));
    }
    return parts;
  }

  private StatementResult query(FactsRelation relation, Scope scope) {
    return statements.query(
        relation.query(scope, settings.lineageSince().orElse(LocalDate.EPOCH)), operation);
  }

  private CatalogFacts facts(List<Scope> scopes, Set<Topic> wanted) {
    KeyBook keys = new KeyBook();
    LineageBook lineage = new LineageBook();
    Map<TableName, Map<String, String>> tags = new HashMap<>();
    Map<TableName, Map<String, Map<String, String>>> columnTags = new HashMap<>();
    each(FactsRelation.CONSTRAINTS, keys::constraints);
    each(FactsRelation.KEY_COLUMNS, keys::columns);
    each(FactsRelation.REFERENCES, keys::references);
    each(FactsRelation.TABLE_TAGS, (catalog, part) -> tags(catalog, part, tags));
    each(FactsRelation.COLUMN_TAGS, (catalog, part) -> columnTags(catalog, part, columnTags));
    each(FactsRelation.TABLE_LINEAGE, (catalog, part) -> lineage.tables(part));
    each(FactsRelation.COLUMN_LINEAGE, (catalog, part) -> lineage.columns(part));
    Map<TableName, Map<String, UnityCatalogTags>> byColumn = new HashMap<>();
    columnTags.forEach((table, columns) -> byColumn.put(table, extensions(columns)));
    Set<String> keyed = new HashSet<>();
    if (wanted.contains(Topic.KEYS)) {
      scopes.forEach(scope -> keyed.add(scope.catalog()));
    }
    failures.keySet().stream()
        .filter(task -> task.relation().topic() == Topic.KEYS)
        .forEach(task -> keyed.remove(task.scope().catalog()));
    return new CatalogFacts(keyed, keys.byTable(), extensions(tags), byColumn, lineage.byTable());
  }

  private void each(FactsRelation relation, BiConsumer<String, StatementResult> reader) {
    results.forEach(
        (task, parts) -> {
          if (task.relation() == relation) {
            parts.forEach(part -> reader.accept(task.scope().catalog(), part));
          }
        });
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
          .sorted(Comparator.comparing(entry -> entry.getKey().scope().catalog()))
          .forEach(
              entry -> {
                Notice notice = missing(topic, entry.getKey().scope().catalog(), entry.getValue());
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
