package dev.connections.databricks.internal;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Column;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Partitioning;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeKind;
import dev.connections.databricks.ColumnMask;
import dev.connections.databricks.UnityCatalogTable;
import dev.connections.databricks.UnityCatalogTags;
import dev.connections.http.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes metadata of what the catalog says of a table, and of what is known of it besides. Field
 * names are those of its TableInfo. Safe for any thread.
 */
final class TableReader {
  /** What a list says. Databricks has no indexes, so that is known too. */
  static final Set<Section> LISTED =
      Set.of(
          Section.COLUMNS,
          Section.INDEXES,
          Section.PARTITIONING,
          Section.STATISTICS,
          Section.DESCRIPTIONS,
          Section.DEFINITION,
          Section.PROPERTIES);

  private static final Map<String, TableKind> KINDS =
      Map.of(
          "VIEW", TableKind.VIEW,
          "METRIC_VIEW", new TableKind("metric_view"),
          "MATERIALIZED_VIEW", TableKind.MATERIALIZED_VIEW,
          "STREAMING_TABLE", new TableKind("streaming_table"),
          "FOREIGN", TableKind.FOREIGN_TABLE);

  private static final String CLUSTERING = "clusteringColumns";
  private static final Pattern PATH = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");

  private static final Set<String> OUTSIDE = Set.of("EXTERNAL", "EXTERNAL_SHALLOW_CLONE");

  private final CatalogFacts facts;
  private final Function<String, Optional<String>> locations;

  /**
   * Takes what is known besides.
   *
   * @param locations the external location of a storage path
   */
  TableReader(CatalogFacts facts, Function<String, Optional<String>> locations) {
    this.facts = facts;
    this.locations = locations;
  }

  /** {@return the table as it is listed; empty where it has no name that can be one} */
  static Optional<TableInfo> info(SchemaName schema, JsonObject json) {
    return json.text("name")
        .filter(UnityCatalog::isName)
        .map(name -> info(schema.table(name), json));
  }

  private static TableInfo info(TableName name, JsonObject json) {
    TableInfo info = TableInfo.of(name, kind(json.text("table_type").orElse("")));
    Optional<String> comment = json.text("comment").filter(text -> !text.isBlank());
    Optional<String> updated = json.text("updated_at");
    info = comment.map(info::withDescription).orElse(info);
    return updated.map(ChangeMarker::new).map(info::withChangeMarker).orElse(info);
  }

  /** {@return the kind of a table by the catalog's word; of an unknown word, a table} */
  static TableKind kind(String type) {
    return KINDS.getOrDefault(type, TableKind.TABLE);
  }

  /** {@return whether a table's files lie outside managed storage, by the catalog's word} */
  static boolean isOutside(String type) {
    return OUTSIDE.contains(type);
  }

  /** {@return the metadata of a table that a list describes} */
  TableMetadata listed(TableInfo info, JsonObject json) {
    return metadata(info, json, facts.keys(info.name())).build();
  }

  /**
   * {@return the metadata of a table that an answer describes which is about it alone} It tells the
   * keys, if the login may do more than browse.
   *
   * @param more what else is to be told of it, once it was read
   */
  TableMetadata single(TableInfo info, JsonObject json, Supplier<List<Notice>> more) {
    boolean told =
        json.names().contains("table_constraints") || !json.flag("browse_only").orElse(false);
    TableMetadata.Builder metadata =
        metadata(
            info, json, told ? Optional.of(TableConstraints.read(json)) : facts.keys(info.name()));
    return metadata.notices(more.get().toArray(Notice[]::new)).build();
  }

  private TableMetadata.Builder metadata(
      TableInfo info, JsonObject json, Optional<TableKeys> keys) {
    Set<Section> loaded = EnumSet.copyOf(LISTED);
    TableName name = info.name();
    if (keys.isPresent()) {
      loaded.addAll(EnumSet.of(Section.KEYS, Section.FOREIGN_KEYS));
    }
    List<Column> columns = columns(json, facts.columnTags(name));
    TableMetadata.Builder metadata =
        TableMetadata.builder(info, loaded)
            .columns(columns)
            .extension(table(json))
            .notices(notices(name, columns, keys));
    facts.tags(name).ifPresent(metadata::extension);
    facts.lineage(name).ifPresent(metadata::extension);
    partitioning(json).ifPresent(metadata::partitioning);
    json.text("view_definition").filter(text -> !text.isBlank()).ifPresent(metadata::definition);
    statistics(json, metadata);
    properties(json, metadata);
    keys.ifPresent(known -> keys(known, metadata));
    return metadata;
  }

  static void keys(TableKeys keys, TableMetadata.Builder metadata) {
    keys.primary().ifPresent(metadata::primaryKey);
    metadata.uniqueKeys(keys.unique()).foreignKeys(keys.foreign());
  }

  private static List<Column> columns(JsonObject json, Map<String, UnityCatalogTags> tags) {
    return json.objects("columns").stream()
        .sorted(
            Comparator.comparingLong(column -> column.number("position").orElse(Long.MAX_VALUE)))
        .map(column -> column(column, tags))
        .toList();
  }

  private static Column column(JsonObject json, Map<String, UnityCatalogTags> tags) {
    TypeJson.Read read = TypeJson.read(json.text("type_json"), json.text("type_text"));
    Column.Builder column =
        Column.builder(
            json.text("name").orElse(""), read.type(), json.flag("nullable").orElse(true));
    json.text("comment").filter(text -> !text.isBlank()).ifPresent(column::description);
    read.collation().ifPresent(column::collation);
    json.object("mask")
        .ifPresent(
            mask ->
                column.extension(
                    new ColumnMask(
                        mask.text("function_name").orElse(""), mask.texts("using_column_names"))));
    json.text("name").map(tags::get).ifPresent(column::extension);
    return column.build();
  }

  /** {@return what isn't as it should be in a table} */
  static Notice[] notices(TableName table, List<Column> columns, Optional<TableKeys> keys) {
    List<Notice> notices = new ArrayList<>();
    if (keys.filter(known -> known.unresolved() > 0).isPresent()) {
      notices.add(
          Notice.of(
                  NoticeCode.HIDDEN_BY_PERMISSION,
                  new Notice.Scope.Table(table),
                  "A reference is left out: it leads to a key that wasn't read.")
              .withRemedy("Read its catalog along, or ask for the right to see it."));
    }
    if (columns.isEmpty()) {
      notices.add(
          Notice.of(
              NoticeCode.IRREGULAR,
              new Notice.Scope.Table(table),
              "The catalog lists no columns of this table."));
    }
    for (Column column : columns) {
      if (column.type().kind() == TypeKind.OTHER) {
        notices.add(
            Notice.of(
                NoticeCode.UNKNOWN_TYPE,
                new Notice.Scope.Column(table, column.name()),
                "The column's type has no neutral counterpart and is kept by its name."));
      }
    }
    return notices.toArray(Notice[]::new);
  }

  private UnityCatalogTable table(JsonObject json) {
    String type = json.text("table_type").orElse("UNKNOWN");
    Optional<String> storage = json.text("storage_location").filter(text -> !text.isBlank());
    return new UnityCatalogTable(
        type,
        json.text("data_source_format"),
        storage,
        storage.filter(path -> isOutside(type)).flatMap(locations),
        json.text("owner"),
        clustering(json),
        json.object("row_filter").flatMap(filter -> filter.text("function_name")),
        json.flag("browse_only").orElse(false));
  }

  /** The property is JSON in a text: a list of paths, each a list of names. */
  private static List<String> clustering(JsonObject json) {
    List<String> columns = new ArrayList<>();
    Optional<String> text =
        json.object("properties").flatMap(properties -> properties.text(CLUSTERING));
    Matcher paths = PATH.matcher(text.orElse(""));
    while (paths.find()) {
      List<String> parts = new ArrayList<>();
      Matcher part = PART.matcher(paths.group(1));
      while (part.find()) {
        parts.add(part.group(1).replace("\\\"", "\"").replace("\\\\", "\\"));
      }
      columns.add(String.join(".", parts));
    }
    return columns;
  }

  private static Optional<Partitioning> partitioning(JsonObject json) {
    List<String> columns =
        json.objects("columns").stream()
            .filter(column -> column.number("partition_index").isPresent())
            .sorted(
                Comparator.comparingLong(column -> column.number("partition_index").getAsLong()))
            .map(column -> column.text("name").orElse(""))
            .toList();
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new Partitioning("columns", columns, OptionalLong.empty()));
  }

  private static void statistics(JsonObject json, TableMetadata.Builder metadata) {
    Optional<JsonObject> properties = json.object("properties");
    OptionalLong rows = known(properties, "spark.sql.statistics.numRows");
    OptionalLong size = known(properties, "spark.sql.statistics.totalSize");
    rows.ifPresent(count -> metadata.rowCount(RowCount.about(count)));
    size.ifPresent(metadata::sizeInBytes);
  }

  private static OptionalLong known(Optional<JsonObject> properties, String name) {
    OptionalLong number = properties.map(all -> all.number(name)).orElse(OptionalLong.empty());
    return number.isPresent() && number.getAsLong() >= 0 ? number : OptionalLong.empty();
  }

  private static void properties(JsonObject json, TableMetadata.Builder metadata) {
    JsonObject properties = json.object("properties").orElse(JsonObject.EMPTY);
    for (String name : properties.names()) {
      properties.text(name).ifPresent(value -> metadata.property(name, value));
    }
  }
}
