package dev.connections.servicenow.internal;

import dev.connections.http.JsonObject;
import java.util.List;
import java.util.OptionalInt;

/** A row of {@code sys_dictionary}: a column as one table declares it. */
record DictionaryRow(
    String id,
    String table,
    String element,
    String label,
    String type,
    OptionalInt length,
    String reference,
    String defaultValue,
    String attributes,
    String comments,
    String updated,
    int flags)
    implements Row {
  static final String TABLE = "sys_dictionary";
  static final RecordQuery ALL =
      new RecordQuery(
          TABLE,
          "active=true^elementISNOTEMPTY",
          List.of(
              "sys_id",
              "name",
              "element",
              "column_label",
              "internal_type",
              "max_length",
              "reference",
              "mandatory",
              "primary",
              "unique",
              "display",
              "read_only",
              "virtual",
              "array",
              "default_value",
              "attributes",
              "comments",
              "sys_updated_on"));

  private static final List<String> FLAGS =
      List.of("mandatory", "primary", "unique", "display", "read_only", "virtual", "array");

  /** A hundred thousand rows repeat the same few hundred words: each is kept once. */
  static DictionaryRow of(JsonObject row, Words words) {
    int flags = 0;
    for (int i = 0; i < FLAGS.size(); i++) {
      flags |= row.flag(FLAGS.get(i)).orElse(false) ? 1 << i : 0;
    }
    return new DictionaryRow(
        Cells.text(row, "sys_id"),
        words.once(Cells.text(row, "name")),
        words.once(Cells.text(row, "element")),
        words.once(Cells.text(row, "column_label")),
        words.once(Cells.text(row, "internal_type")),
        Cells.length(row),
        words.once(Cells.text(row, "reference")),
        words.once(Cells.text(row, "default_value")),
        words.once(Cells.text(row, "attributes")),
        words.once(Cells.text(row, "comments")),
        words.once(Cells.text(row, "sys_updated_on")),
        flags);
  }

  private boolean has(String flag) {
    return (flags & 1 << FLAGS.indexOf(flag)) != 0;
  }

  boolean mandatory() {
    return has("mandatory");
  }

  boolean primary() {
    return has("primary") || element.equals("sys_id");
  }

  boolean unique() {
    return has("unique");
  }

  boolean display() {
    return has("display");
  }

  boolean readOnly() {
    return has("read_only");
  }

  /** Computed, or kept in another table. */
  boolean elsewhere() {
    return has("virtual") || has("array");
  }
}
