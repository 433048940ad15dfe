package dev.connections.databricks.internal;

import dev.connections.api.Column;
import dev.connections.api.Notice;
import dev.connections.api.Partitioning;
import dev.connections.api.RowCount;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.databricks.HiveTable;
import dev.connections.jdbc.UnknownTypes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code DESCRIBE TABLE EXTENDED} answers: rows of name, type and comment for the
 * columns, then parts under headings. A heading has no type, and each column has one, so a column
 * may be named like a heading.
 */
final class TableDescription {
  /** Keys and references aren't told, and a column's being required isn't either. */
  private static final Set<Section> LOADED =
      Set.of(
          Section.COLUMNS,
          Section.INDEXES,
          Section.PARTITIONING,
          Section.STATISTICS,
          Section.DESCRIPTIONS,
          Section.DEFINITION,
          Section.PROPERTIES);

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) bytes");
  private static final Pattern ROWS = Pattern.compile("([0-9]{1,18}) rows");

  /** A comma that begins another property: values may hold commas. */
  private static final Pattern BETWEEN = Pattern.compile(",\\s*(?=[^,=\\s]+=)");

  /**
   * A row of the answer.
   *
   * @param name of a column, of a detail, or a heading
   * @param type of a column, or the value of a detail
   * @param comment of a column
   */
  record Row(String name, String type, String comment) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(text(row, 1), text(row, 2), text(row, 3));
    }

    private static String text(ResultSet row, int column) throws SQLException {
      return Optional.ofNullable(row.getString(column)).orElse("");
    }

    private boolean isHeading() {
      return type.isBlank() && name.startsWith("# ");
    }

    private boolean isEmpty() {
      return type.isBlank() && name.isBlank();
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private final List<String> partitions = new ArrayList<>();
  private final List<String> clustering = new ArrayList<>();
  private final Map<String, String> details = new LinkedHashMap<>();

  private TableDescription(List<Row> rows) {
    String part = "";
    for (Row row : rows) {
      if (row.isHeading()) {
        part = row.name().substring(2).strip().toLowerCase(Locale.ROOT);
      } else if (!row.isEmpty()) {
        add(part, row);
      }
    }
  }

  private void add(String part, Row row) {
    switch (part) {
      case "" -> columns.add(column(row));
      case "partition information" -> named(row, partitions);
      case "clustering information" -> named(row, clustering);
      // "Part 0" and a column, as older versions of Delta tell it.
      case "partitioning" -> {
        if (!row.type().isBlank()) {
          partitions.add(row.type());
        }
      }
      case "detailed table information" -> details.putIfAbsent(row.name().strip(), row.type());
      default -> {} // defaults of columns, storage, statistics of Delta
    }
  }

  /** The first row of such a part names its columns. */
  private static void named(Row row, List<String> names) {
    if (!row.name().equals("# col_name") && !row.type().isBlank()) {
      names.add(row.name());
    }
  }

  private static Column column(Row row) {
    TypeJson.Read read = TypeJson.read(Optional.empty(), Optional.of(row.type()));
    Column.Builder column = Column.builder(row.name(), read.type(), true);
    read.collation().ifPresent(column::collation);
    if (!row.comment().isBlank()) {
      column.description(row.comment());
    }
    return column.build();
  }

  /** {@return the metadata of a table} */
  static TableMetadata read(TableName table, List<Row> rows) {
    return new TableDescription(rows).metadata(table);
  }

  private TableMetadata metadata(TableName table) {
    String type = detail("Type").orElse("UNKNOWN");
    TableInfo info =
        TableInfo.of(
            table,
            type.toUpperCase(Locale.ROOT).contains("VIEW") ? TableKind.VIEW : TableKind.TABLE);
    info = detail("Comment").map(info::withDescription).orElse(info);
    TableMetadata.Builder metadata =
        TableMetadata.builder(info, LOADED)
            .columns(columns)
            .extension(
                new HiveTable(
                    type, detail("Provider"), detail("Location"), detail("Owner"), clustering))
            .notices(UnknownTypes.of(table, columns).toArray(Notice[]::new));
    if (!partitions.isEmpty()) {
      metadata.partitioning(new Partitioning("columns", partitions, OptionalLong.empty()));
    }
    detail("View Text").ifPresent(metadata::definition);
    detail("Statistics").ifPresent(text -> statistics(text, metadata));
    detail("Table Properties").ifPresent(text -> properties(text, metadata));
    return metadata.build();
  }

  private Optional<String> detail(String name) {
    return Optional.ofNullable(details.get(name)).filter(text -> !text.isBlank());
  }

  private static void statistics(String text, TableMetadata.Builder metadata) {
    Matcher size = SIZE.matcher(text);
    if (size.find()) {
      metadata.sizeInBytes(Long.parseLong(size.group(1)));
    }
    Matcher rows = ROWS.matcher(text);
    if (rows.find()) {
      metadata.rowCount(RowCount.about(Long.parseLong(rows.group(1))));
    }
  }

  /** {@code [name=value,name=value]}; nothing marks a comma within a value. */
  private static void properties(String text, TableMetadata.Builder metadata) {
    String list = text.strip().replaceFirst("^\\[", "").replaceFirst("]$", "");
    for (String pair : BETWEEN.split(list, -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        metadata.property(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
  }
}
