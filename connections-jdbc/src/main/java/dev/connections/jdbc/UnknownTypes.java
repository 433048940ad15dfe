package dev.connections.jdbc;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.TableName;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import java.util.List;

/** Tells the columns whose native type has no neutral counterpart. */
public final class UnknownTypes {
  private UnknownTypes() {}

  /**
   * {@return a notice for each column of which the type, or a part of it, is unknown}
   *
   * @param table the table they belong to
   * @param columns its columns
   */
  public static List<Notice> of(TableName table, List<Column> columns) {
    return columns.stream()
        .filter(column -> isUnknown(column.type()))
        .map(column -> notice(table, column))
        .toList();
  }

  private static boolean isUnknown(DataType type) {
    return type.kind() == TypeKind.OTHER
        || type.children().stream().map(TypeField::type).anyMatch(UnknownTypes::isUnknown);
  }

  private static Notice notice(TableName table, Column column) {
    return Notice.of(
            NoticeCode.UNKNOWN_TYPE,
            new Notice.Scope.Column(table, column.name()),
            "The type '"
                + column.type().nativeType()
                + "' has no neutral counterpart; it is kept by its name.")
        .withRemedy("Targets write such a column as text.");
  }
}
