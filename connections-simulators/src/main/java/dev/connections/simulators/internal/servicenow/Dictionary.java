package dev.connections.simulators.internal.servicenow;

import java.util.List;
import java.util.Set;

/** The tables in which an instance describes itself, and their columns. */
final class Dictionary {
  /** Columns of these tables that hold numbers. */
  static final Set<String> NUMBERS =
      Set.of("max_length", "sequence", "sys_mod_count", "scalar_length", "order");

  static final String TABLES = "sys_db_object";
  static final String COLUMNS = "sys_dictionary";
  static final String OVERRIDES = "sys_dictionary_override";
  static final String TYPES = "sys_glide_object";
  static final String SCOPES = "sys_scope";
  static final String CHOICES = "sys_choice";
  static final String VIEWS = "sys_db_view";
  static final String DOCUMENTATION = "sys_documentation";
  static final String PROPERTIES = "sys_properties";

  private Dictionary() {}

  static List<Column> columns(String table) {
    return switch (table) {
      case TABLES ->
          List.of(
              Column.text("sys_id"),
              Column.text("name"),
              Column.text("label"),
              Column.reference("super_class", TABLES),
              Column.reference("sys_scope", SCOPES),
              Column.text("is_extendable"),
              Column.text("extension_model"),
              Column.text("ws_access"),
              Column.text("sys_class_name"),
              Column.text("sys_created_on"),
              Column.text("sys_updated_on"),
              Column.number("sys_mod_count"));
      case COLUMNS ->
          List.of(
              Column.text("sys_id"),
              Column.text("name"),
              Column.text("element"),
              Column.text("column_label"),
              Column.referenceByName("internal_type", TYPES),
              Column.number("max_length"),
              Column.referenceByName("reference", TABLES),
              Column.text("mandatory"),
              Column.text("primary"),
              Column.text("display"),
              Column.text("unique"),
              Column.text("read_only"),
              Column.text("active"),
              Column.text("virtual"),
              Column.text("array"),
              Column.text("default_value"),
              Column.text("choice"),
              Column.text("attributes"),
              Column.text("comments"),
              Column.text("sys_created_on"),
              Column.text("sys_updated_on"));
      case OVERRIDES ->
          texts(
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
              "attributes_override",
              "attributes",
              "sys_updated_on");
      case TYPES ->
          List.of(
              Column.text("sys_id"),
              Column.text("name"),
              Column.text("label"),
              Column.text("scalar_type"),
              Column.number("scalar_length"),
              Column.text("sys_updated_on"));
      case SCOPES -> texts("sys_id", "name", "scope", "version", "sys_updated_on");
      case CHOICES ->
          List.of(
              Column.text("sys_id"),
              Column.text("name"),
              Column.text("element"),
              Column.text("value"),
              Column.text("label"),
              Column.text("language"),
              Column.number("sequence"),
              Column.text("inactive"),
              Column.text("sys_updated_on"));
      case VIEWS -> texts("sys_id", "name", "label", "sys_updated_on");
      case DOCUMENTATION ->
          texts(
              "sys_id",
              "name",
              "element",
              "language",
              "label",
              "plural",
              "hint",
              "help",
              "sys_updated_on");
      case PROPERTIES -> texts("sys_id", "name", "value", "sys_updated_on");
      default -> throw new IllegalArgumentException(table);
    };
  }

  static List<String> all() {
    return List.of(
        TABLES, COLUMNS, OVERRIDES, TYPES, SCOPES, CHOICES, VIEWS, DOCUMENTATION, PROPERTIES);
  }

  private static List<Column> texts(String... names) {
    return java.util.Arrays.stream(names).map(Column::text).toList();
  }
}
