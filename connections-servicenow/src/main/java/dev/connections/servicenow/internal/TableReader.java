package dev.connections.servicenow.internal;

import dev.connections.api.Column;
import dev.connections.api.Failure;
import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.servicenow.ServiceNowColumn;
import dev.connections.servicenow.ServiceNowTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a table together: its own columns and those it inherits, the nearest declaration first, with
 * the overrides between the two.
 */
final class TableReader {
  static final Set<Section> LOADED =
      Collections.unmodifiableSet(
          EnumSet.of(
              Section.COLUMNS,
              Section.KEYS,
              Section.FOREIGN_KEYS,
              Section.DESCRIPTIONS,
              Section.PROPERTIES));

  private static final String KEY = "sys_id";
  private static final Comparator<DictionaryRow> KEY_FIRST =
      Comparator.comparing((DictionaryRow row) -> !row.element().equals(KEY))
          .thenComparing(DictionaryRow::element);

  private final Tables tables;
  private final Dictionary dictionary;
  private final List<Notice> missing;

  TableReader(Tables tables, Dictionary dictionary) {
    this(tables, dictionary, List.of());
  }

  /**
   * @param missing what couldn't be read beside the columns; told of each table, where nobody else
   *     tells it
   */
  TableReader(Tables tables, Dictionary dictionary, List<Notice> missing) {
    this.tables = tables;
    this.dictionary = dictionary;
    this.missing = missing;
  }

  /** {@return the table, or why there is none: every column of it is hidden} */
  Optional<TableMetadata> read(TableRow row) {
    Tables.Line line = tables.line(row);
    List<DictionaryRow> columns = columns(line.names());
    if (columns.isEmpty() && dictionary.hidesColumns()) {
      return Optional.empty();
    }
    List<Column> read = columns.stream().map(column -> column(column, line.names())).toList();
    TableMetadata.Builder builder =
        TableMetadata.builder(info(row), LOADED)
            .columns(read)
            .foreignKeys(foreignKeys(columns))
            .uniqueKeys(uniqueKeys(columns))
            .extension(
                new ServiceNowTable(
                    row.label(), row.scope(), line.names().subList(1, line.names().size())));
    if (!columns.isEmpty() && columns.get(0).element().equals(KEY)) {
      builder.primaryKey(new KeyConstraint(Optional.empty(), List.of(KEY)));
    }
    line.problem().ifPresent(problem -> builder.notices(incomplete(row, problem)));
    Notice.Scope own = new Notice.Scope.Table(nameOf(row));
    missing.forEach(
        one ->
            builder.notices(
                new Notice(one.code(), own, one.message(), one.remedy(), one.hidden())));
    return Optional.of(builder.build());
  }

  TableName nameOf(TableRow row) {
    return tables.nameOf(row.name());
  }

  static Failure noColumn(TableRow row) {
    return Failure.of(
            StandardErrorCode.PERMISSION_DENIED,
            "This user may see no column of the table '" + row.name() + "'.")
        .withRemedy(InstanceFailures.RIGHTS);
  }

  static Failure hidden(TableName name) {
    return Failure.of(
            StandardErrorCode.PERMISSION_DENIED,
            "The table '" + name.display() + "' is hidden from this user, or isn't there.")
        .withRemedy(InstanceFailures.RIGHTS);
  }

  private TableInfo info(TableRow row) {
    TableInfo info = tables.info(row);
    return dictionary
        .documentation(row.name(), "")
        .map(texts -> texts.text("label"))
        .filter(label -> !label.isEmpty())
        .map(info::withDescription)
        .orElse(info);
  }

  private Notice incomplete(TableRow row, String problem) {
    return Notice.of(
            NoticeCode.HIDDEN_BY_PERMISSION,
            new Notice.Scope.Table(tables.nameOf(row.name())),
            problem + " Columns may be missing.")
        .withRemedy(InstanceFailures.RIGHTS);
  }

  private List<DictionaryRow> columns(List<String> line) {
    Map<String, DictionaryRow> nearest = new LinkedHashMap<>();
    for (String table : line) {
      dictionary.columnsOf(table).forEach(row -> nearest.putIfAbsent(row.element(), row));
    }
    return nearest.values().stream().sorted(KEY_FIRST).toList();
  }

  private Column column(DictionaryRow row, List<String> line) {
    List<OtherRow> overrides = overrides(row, line);
    boolean mandatory =
        overridden(overrides, "mandatory").map(Boolean::parseBoolean).orElse(row.mandatory());
    String preset = overridden(overrides, "default_value").orElse(row.defaultValue());
    boolean readOnly =
        overridden(overrides, "read_only").map(Boolean::parseBoolean).orElse(row.readOnly());
    Optional<OtherRow> texts = dictionary.documentation(row.table(), row.element());
    String label =
        texts.map(found -> found.text("label")).filter(t -> !t.isEmpty()).orElse(row.label());
    Column.Builder builder =
        Column.builder(
                row.element(), dictionary.types().of(row), !mandatory && !row.element().equals(KEY))
            .extension(extension(row, line, label, readOnly));
    description(row, texts, label).ifPresent(builder::description);
    if (!preset.isEmpty()) {
      builder.defaultExpression(preset);
    }
    return builder.build();
  }

  private static Optional<String> description(
      DictionaryRow row, Optional<OtherRow> texts, String label) {
    return texts
        .map(found -> found.text("help"))
        .filter(text -> !text.isEmpty())
        .or(() -> texts.map(found -> found.text("hint")).filter(text -> !text.isEmpty()))
        .or(() -> Optional.of(row.comments()).filter(text -> !text.isEmpty()))
        .or(() -> Optional.of(label).filter(text -> !text.isEmpty()));
  }

  /** Overrides of the table itself and of those between it and the declaration, nearest first. */
  private List<OtherRow> overrides(DictionaryRow row, List<String> line) {
    List<OtherRow> found = new ArrayList<>(0);
    for (String table : line) {
      if (table.equals(row.table())) {
        break;
      }
      dictionary.override(table, row.element()).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<String> overridden(List<OtherRow> overrides, String what) {
    return overrides.stream()
        .filter(row -> row.flag(what + "_override"))
        .map(row -> row.text(what))
        .findFirst();
  }

  private ServiceNowColumn extension(
      DictionaryRow row, List<String> line, String label, boolean readOnly) {
    return new ServiceNowColumn(
        row.table(),
        label,
        Optional.of(row.reference()).filter(table -> !table.isEmpty()),
        readOnly,
        row.display(),
        row.elsewhere() || dictionary.types().calculated(row.type()),
        dictionary.types().sensitive(row.type()),
        dictionary.choices(line, row.element()));
  }

  /** The instance keeps references to deleted records, so they are told as not enforced. */
  private List<ForeignKey> foreignKeys(List<DictionaryRow> columns) {
    return columns.stream()
        .filter(row -> row.type().equals("reference") && RecordQuery.isName(row.reference()))
        .map(
            row ->
                ForeignKey.of(
                        row.element(),
                        List.of(row.element()),
                        tables.nameOf(row.reference()),
                        List.of(KEY))
                    .notEnforced())
        .toList();
  }

  private static List<KeyConstraint> uniqueKeys(List<DictionaryRow> columns) {
    return columns.stream()
        .filter(row -> row.unique() && !row.element().equals(KEY))
        .map(row -> new KeyConstraint(Optional.empty(), List.of(row.element())))
        .toList();
  }
}
