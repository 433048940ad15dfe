package dev.connections.servicenow.internal;

import dev.connections.http.JsonObject;
import java.util.List;

/** A row of a table of which few are read. */
record OtherRow(String id, String updated, JsonObject cells) implements Row {
  static final RecordQuery OVERRIDES =
      new RecordQuery(
          "sys_dictionary_override",
          "",
          List.of(
              "sys_id",
              "name",
              "element",
              "base_table",
              "mandatory_override",
              "mandatory",
              "default_value_override",
              "default_value",
              "read_only_override",
              "read_only",
              "sys_updated_on"));

  static final RecordQuery TYPES =
      new RecordQuery(
          "sys_glide_object", "", List.of("sys_id", "name", "scalar_type", "sys_updated_on"));

  static final RecordQuery VIEWS =
      new RecordQuery("sys_db_view", "", List.of("sys_id", "name", "sys_updated_on"));

  static final RecordQuery REMOTE_TABLES =
      new RecordQuery("sys_script_vtable", "", List.of("sys_id", "table", "sys_updated_on"));

  static final RecordQuery CHOICES =
      new RecordQuery(
          "sys_choice",
          "inactive=false^elementISNOTEMPTY",
          List.of(
              "sys_id",
              "name",
              "element",
              "value",
              "label",
              "language",
              "sequence",
              "sys_updated_on"));

  static final RecordQuery DOCUMENTATION =
      new RecordQuery(
          "sys_documentation",
          "",
          List.of("sys_id", "name", "element", "label", "hint", "help", "sys_updated_on"));

  static OtherRow of(JsonObject row) {
    return new OtherRow(Cells.text(row, "sys_id"), Cells.text(row, "sys_updated_on"), row);
  }

  String text(String field) {
    return Cells.text(cells, field);
  }

  boolean flag(String field) {
    return cells.flag(field).orElse(false);
  }
}
