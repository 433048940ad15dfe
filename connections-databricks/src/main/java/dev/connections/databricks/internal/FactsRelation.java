package dev.connections.databricks.internal;

import java.time.LocalDate;
import java.util.Optional;

/** The relations that say of a whole catalog what lists don't. */
enum FactsRelation {
  CONSTRAINTS(
      Topic.KEYS,
      "constraint_schema, constraint_name, table_schema, table_name, constraint_type",
      "table_constraints",
      "table_catalog",
      "table_schema"),
  KEY_COLUMNS(
      Topic.KEYS,
      "constraint_schema, constraint_name, table_schema, table_name, column_name, ordinal_position,"
          + " position_in_unique_constraint",
      "key_column_usage",
      "table_catalog",
      "table_schema"),
  REFERENCES(
      Topic.KEYS,
      "constraint_schema, constraint_name, unique_constraint_catalog, unique_constraint_schema,"
          + " unique_constraint_name",
      "referential_constraints",
      "constraint_catalog",
      "constraint_schema"),
  TABLE_TAGS(
      Topic.TAGS,
      "schema_name, table_name, tag_name, tag_value",
      "table_tags",
      "catalog_name",
      "schema_name"),
  COLUMN_TAGS(
      Topic.TAGS,
      "schema_name, table_name, column_name, tag_name, tag_value",
      "column_tags",
      "catalog_name",
      "schema_name"),
  TABLE_LINEAGE(
      Topic.LINEAGE,
      "DISTINCT source_table_catalog, source_table_schema, source_table_name, source_path,"
          + " target_table_catalog, target_table_schema, target_table_name",
      "table_lineage",
      "target_table_catalog",
      "target_table_schema"),
  COLUMN_LINEAGE(
      Topic.LINEAGE,
      "DISTINCT source_table_catalog, source_table_schema, source_table_name, source_column_name,"
          + " target_table_catalog, target_table_schema, target_table_name, target_column_name",
      "column_lineage",
      "target_table_catalog",
      "target_table_schema");

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

  private final Topic topic;
  private final String columns;
  private final String relation;
  private final String catalogColumn;
  private final String schemaColumn;

  FactsRelation(
      Topic topic, String columns, String relation, String catalogColumn, String schemaColumn) {
    this.topic = topic;
    this.columns = columns;
    this.relation = relation;
    this.catalogColumn = catalogColumn;
    this.schemaColumn = schemaColumn;
  }

  Topic topic() {
    return topic;
  }

  /** {@return the query of a catalog, or of one schema of it} */
  SqlStatement query(String catalog, Optional<String> schema, LocalDate since) {
    String from =
        topic == Topic.LINEAGE
            ? "system.access." + relation
            : SqlStatement.identifier(catalog) + ".information_schema." + relation;
    String text =
        "SELECT "
            + columns
            + " FROM "
            + from
            + " WHERE "
            + catalogColumn
            + " = :catalog"
            + (schema.isPresent() ? " AND " + schemaColumn + " = :schema" : "")
            + (topic == Topic.LINEAGE ? " AND event_date >= :since" : "");
    SqlStatement query = SqlStatement.of(relation.replace('_', ' '), text).with("catalog", catalog);
    if (topic == Topic.LINEAGE) {
      query = query.with("since", since.toString());
    }
    return schema.isPresent() ? query.with("schema", schema.get()) : query;
  }
}
