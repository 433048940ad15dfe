package dev.connections.databricks.internal;

import dev.connections.api.SchemaName;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The relations that say of tables what lists of them don't. */
enum FactsRelation {
  CONSTRAINTS(
      Topic.KEYS,
      "constraint_schema, constraint_name, table_schema, table_name, constraint_type",
      "table_constraints",
      "table_catalog",
      "table_schema",
      "table_name"),
  KEY_COLUMNS(
      Topic.KEYS,
      "constraint_schema, constraint_name, table_schema, table_name, column_name, ordinal_position,"
          + " position_in_unique_constraint",
      "key_column_usage",
      "table_catalog",
      "table_schema",
      "table_name"),
  REFERENCES(
      Topic.KEYS,
      "constraint_schema, constraint_name, unique_constraint_catalog, unique_constraint_schema,"
          + " unique_constraint_name",
      "referential_constraints",
      "constraint_catalog",
      "constraint_schema",
      ""),
  TABLE_TAGS(
      Topic.TAGS,
      "schema_name, table_name, tag_name, tag_value",
      "table_tags",
      "catalog_name",
      "schema_name",
      "table_name"),
  COLUMN_TAGS(
      Topic.TAGS,
      "schema_name, table_name, column_name, tag_name, tag_value",
      "column_tags",
      "catalog_name",
      "schema_name",
      "table_name"),
  TABLE_LINEAGE(
      Topic.LINEAGE,
      "DISTINCT source_table_catalog, source_table_schema, source_table_name, source_path,"
          + " target_table_catalog, target_table_schema, target_table_name",
      "table_lineage",
      "target_table_catalog",
      "target_table_schema",
      "target_table_name"),
  COLUMN_LINEAGE(
      Topic.LINEAGE,
      "DISTINCT source_table_catalog, source_table_schema, source_table_name, source_column_name,"
          + " target_table_catalog, target_table_schema, target_table_name, target_column_name",
      "column_lineage",
      "target_table_catalog",
      "target_table_schema",
      "target_table_name");

  /** What a user calls it. */
  enum Topic {
    KEYS("Keys and references"),
    TAGS("Tags"),
    LINEAGE("Lineage");

    private final String words;

    Topic(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * Whom a query asks about: a whole catalog, a schema of it, or some tables of a schema.
   *
   * @param tables their own names; empty for all
   */
  record Scope(String catalog, Optional<String> schema, List<String> tables) {
    Scope {
      tables = List.copyOf(tables);
    }

    static Scope of(String catalog) {
      return new Scope(catalog, Optional.empty(), List.of());
    }

    static Scope of(SchemaName schema, List<String> tables) {
      return new Scope(schema.catalog().orElseThrow(), Optional.of(schema.schema()), tables);
    }
  }

  private final Topic topic;
  private final String columns;
  private final String relation;
  private final String catalogColumn;
  private final String schemaColumn;
  private final String tableColumn;

  FactsRelation(
      Topic topic,
      String columns,
      String relation,
      String catalogColumn,
      String schemaColumn,
      String tableColumn) {
    this.topic = topic;
    this.columns = columns;
    this.relation = relation;
    this.catalogColumn = catalogColumn;
    this.schemaColumn = schemaColumn;
    this.tableColumn = tableColumn;
  }

  Topic topic() {
    return topic;
  }

  /** {@return the query of a scope} Names are values of parameters, never part of the text. */
  SqlStatement query(Scope scope, LocalDate since) {
    boolean lineage = topic == Topic.LINEAGE;
    StringBuilder text = new StringBuilder("SELECT ").append(columns).append(" FROM ");
    text.append(
        lineage
            ? "system.access." + relation
            : SqlNames.quoted(scope.catalog()) + ".information_schema." + relation);
    text.append(" WHERE ").append(catalogColumn).append(" = :catalog");
    SqlStatement query = SqlStatement.of(relation.replace('_', ' '), "");
    query = query.with("catalog", scope.catalog());
    if (scope.schema().isPresent()) {
      text.append(" AND ").append(schemaColumn).append(" = :schema");
      query = query.with("schema", scope.schema().get());
    }
    if (!scope.tables().isEmpty() && !tableColumn.isEmpty()) {
      text.append(" AND ").append(tableColumn).append(" IN (");
      for (int i = 0; i < scope.tables().size(); i++) {
        text.append(i == 0 ? ":t" : ", :t").append(i);
        query = query.with("t" + i, scope.tables().get(i));
      }
      text.append(')');
    }
    if (lineage) {
      text.append(" AND event_date >= :since");
      query = query.with("since", since.toString());
    }
    return new SqlStatement(query.name(), text.toString(), query.parameters(), query.brief());
  }
}
