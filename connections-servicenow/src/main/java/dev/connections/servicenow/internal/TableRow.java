package dev.connections.servicenow.internal;

import dev.connections.http.JsonObject;
import java.util.List;

/** A row of {@code sys_db_object}: a table. */
record TableRow(
    String id,
    String name,
    String label,
    String parentId,
    String parentName,
    String scope,
    String updated)
    implements Row {
  static final RecordQuery QUERY =
      new RecordQuery(
          "sys_db_object",
          "",
          List.of(
              "sys_id",
              "name",
              "label",
              "super_class",
              "super_class.name",
              "sys_scope.scope",
              "sys_updated_on"));

  private static final String GLOBAL = "global";

  static TableRow of(JsonObject row) {
    String scope = Cells.text(row, "sys_scope.scope");
    return new TableRow(
        Cells.text(row, "sys_id"),
        Cells.text(row, "name"),
        Cells.text(row, "label"),
        Cells.text(row, "super_class"),
        Cells.text(row, "super_class.name"),
        scope.isEmpty() ? GLOBAL : scope,
        Cells.text(row, "sys_updated_on"));
  }
}
