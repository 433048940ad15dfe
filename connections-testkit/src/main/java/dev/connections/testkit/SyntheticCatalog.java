package dev.connections.testkit;

import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Partitioning;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a synthetic source holds. Everything is computed from the numbers of schema and table, so a
 * source of any size takes no memory, and the same table is the same at every reading.
 */
final class SyntheticCatalog {
  static final Set<Section> ALL_SECTIONS = Set.copyOf(EnumSet.allOf(Section.class));

  private static final String SCHEMA_PREFIX = "schema_";
  private static final String TABLE_PREFIX = "table_";
  private static final int SCHEMA_DIGITS = 5;
  private static final int TABLE_DIGITS = 7;
  private static final List<DataType> TYPES = types();
  private static final DataType KEY_TYPE = DataType.of(TypeKind.BIGINT, "bigint");

  private final int schemas;
  private final int tables;
  private final String[] columnNames;
  private final String[] columnDescriptions;

  SyntheticCatalog(int schemas, int tables, int columns) {
    this.schemas = schemas;
    this.tables = tables;
    this.columnNames = new String[columns];
    this.columnDescriptions = new String[columns];
    for (int i = 0; i < columns; i++) {
      columnNames[i] = i == 0 ? "id" : i == 1 ? "parent_id" : "column_" + i;
      columnDescriptions[i] = "Column " + (i + 1) + " of a synthetic table";
    }
  }

  private static List<DataType> types() {
    List<DataType> types = new ArrayList<>();
    for (TypeKind kind : TypeKind.values()) {
      String word = kind.name().toLowerCase(Locale.ROOT);
      types.add(
          switch (kind) {
            case DECIMAL -> DataType.decimal(18, 4, "decimal(18,4)");
            case STRING -> DataType.of(kind, "varchar(120)").withLength(120);
            case BINARY -> DataType.of(kind, "varbinary(64)").withLength(64);
            case TIME, TIMESTAMP, TIMESTAMP_NTZ -> DataType.of(kind, word + "(6)").withPrecision(6);
            case STRUCT ->
                DataType.struct(
                    List.of(
                        TypeField.of("street", DataType.of(TypeKind.STRING, "varchar"), true),
                        TypeField.of("number", DataType.of(TypeKind.INTEGER, "int"), false)),
                    "struct<street varchar, number int>");
            case ARRAY -> DataType.array(DataType.of(TypeKind.DOUBLE, "double"), true, "double[]");
            case MAP ->
                DataType.map(
                    DataType.of(TypeKind.STRING, "varchar"),
                    DataType.of(TypeKind.BIGINT, "bigint"),
                    true,
                    "map<varchar, bigint>");
            case OTHER -> DataType.of(kind, "hyperspectral");
            default -> DataType.of(kind, word);
          });
    }
    return List.copyOf(types);
  }

  int schemas() {
    return schemas;
  }

  int tables() {
    return tables;
  }

  static SchemaName schema(int number) {
    return SchemaName.of(padded(SCHEMA_PREFIX, number, SCHEMA_DIGITS));
  }

  static TableName table(int schema, int number) {
    return schema(schema).table(tableName(number));
  }

  static String tableName(int number) {
    return padded(TABLE_PREFIX, number, TABLE_DIGITS);
  }

  private static String padded(String prefix, int number, int digits) {
    String text = Integer.toString(number);
    return prefix + "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  OptionalInt schemaNumber(SchemaName name) {
    return name.catalog().isPresent()
        ? OptionalInt.empty()
        : number(name.schema(), SCHEMA_PREFIX, SCHEMA_DIGITS, schemas);
  }

  OptionalInt tableNumber(TableName name) {
    return schemaNumber(name.schema()).isEmpty()
        ? OptionalInt.empty()
        : number(name.table(), TABLE_PREFIX, TABLE_DIGITS, tables);
  }

  /** The number in a table's name, whatever source it is of. */
  static OptionalInt numberOf(TableName name) {
    return number(name.table(), TABLE_PREFIX, TABLE_DIGITS, Integer.MAX_VALUE);
  }

  private static OptionalInt number(String name, String prefix, int digits, int bound) {
    if (name.length() != prefix.length() + digits || !name.startsWith(prefix)) {
      return OptionalInt.empty();
    }
    int number = 0;
    for (int i = prefix.length(); i < name.length(); i++) {
      char digit = name.charAt(i);
      if (digit < '0' || digit > '9') {
        return OptionalInt.empty();
      }
      number = number * 10 + digit - '0';
    }
    return number < bound ? OptionalInt.of(number) : OptionalInt.empty();
  }

  SchemaInfo schemaInfo(int schema) {
    return new SchemaInfo(schema(schema), Optional.of("Synthetic schema " + schema), false);
  }

  TableInfo info(SchemaName schema, int table) {
    boolean view = isView(table);
    return new TableInfo(
        schema.table(tableName(table)),
        view ? TableKind.VIEW : TableKind.TABLE,
        table % 2 == 0 ? Optional.of("Synthetic table " + table) : Optional.empty(),
        Optional.empty(),
        OptionalLong.of(columnNames.length),
        view ? OptionalLong.empty() : OptionalLong.of(rows(table)));
  }

  private static boolean isView(int table) {
    return table % 10 == 9;
  }

  private static long rows(int table) {
    return table % 100 == 50 ? 10_000_000 : table * 7919L % 100_000;
  }

  TableMetadata metadata(SchemaName schema, int table, Set<Section> sections) {
    TableInfo info = info(schema, table);
    TableMetadata.Builder builder =
        TableMetadata.builder(info, ALL_SECTIONS).columns(columns(table));
    builder.property("storage", table % 2 == 0 ? "row" : "columnar");
    if (isView(table)) {
      builder.definition("SELECT * FROM " + tableName(table - 1));
    } else {
      keys(schema, table, builder);
      builder.rowCount(RowCount.about(rows(table))).sizeInBytes(rows(table) * 100);
    }
    if (table % 5 == 0) {
      builder.extension(new SyntheticShard(table % 16));
    }
    TableMetadata metadata = builder.build();
    return sections.containsAll(ALL_SECTIONS) ? metadata : metadata.only(sections);
  }

  private void keys(SchemaName schema, int table, TableMetadata.Builder builder) {
    builder.primaryKey(KeyConstraint.of("pk", columnNames[0]));
    builder.indexes(List.of(Index.of("pk", true, columnNames[0])));
    if (columnNames.length > 1 && table > 0) {
      // The table before may be a view, which has no key to refer to.
      int parent = isView(table - 1) ? table - 2 : table - 1;
      builder.foreignKeys(
          List.of(
              ForeignKey.of(
                  "fk_parent",
                  List.of(columnNames[1]),
                  schema.table(tableName(parent)),
                  List.of(columnNames[0]))));
    }
    if (columnNames.length > 2) {
      builder.uniqueKeys(List.of(KeyConstraint.of("uk", columnNames[2])));
      builder.checks(List.of(new CheckConstraint(Optional.of("ck"), columnNames[0] + " > 0")));
    }
    if (table % 20 == 10) {
      builder.partitioning(new Partitioning("range", List.of(columnNames[0]), OptionalLong.of(12)));
    }
  }

  private List<Column> columns(int table) {
    Column[] columns = new Column[columnNames.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(table, i);
    }
    return Arrays.asList(columns);
  }

  private Column column(int table, int column) {
    DataType type = column <= 1 ? KEY_TYPE : TYPES.get((table + column) % TYPES.size());
    Column.Builder builder = Column.builder(columnNames[column], type, column > 0);
    builder.description(columnDescriptions[column]);
    if (column == 0 && !isView(table)) {
      builder.identity();
    }
    if (type.kind() == TypeKind.STRING) {
      builder.collation("synthetic_ci").defaultExpression("''");
    }
    return builder.build();
  }

  List<String> columnNames() {
    return List.of(columnNames);
  }
}
