package dev.connections.servicenow.internal;

import static dev.connections.servicenow.internal.Simulated.imported;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ForeignKey;
import dev.connections.api.Notice;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.servicenow.ServiceNowColumn;
import dev.connections.servicenow.ServiceNowTable;
import dev.connections.simulators.ServiceNowSimulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InheritanceTest {
  private final ServiceNowSimulator instance = ServiceNowSimulator.empty().start();
  private final ConfigurationValues values = Simulated.values(instance);
  private int next;

  @AfterEach
  void stop() {
    instance.close();
  }

  @BeforeEach
  void family() {
    table("task", "");
    column("task", "sys_id", "GUID", Map.of("primary", "true"));
    column("task", "number", "string", Map.of("max_length", "40", "unique", "true"));
    column("task", "state", "integer", Map.of("default_value", "1", "column_label", "State"));
    column("task", "assigned_to", "reference", Map.of("reference", "sys_user"));
    column("task", "watchers", "glide_list", Map.of("reference", "sys_user"));
    table("incident", "task");
    column("incident", "state", "integer", Map.of("default_value", "2", "comments", "Of a case"));
    column("incident", "secret", "password2", Map.of());
    table("problem_incident", "incident");
    column("problem_incident", "cause", "string", Map.of("mandatory", "true"));
  }

  private String id() {
    return String.format("%032x", ++next);
  }

  private String table(String name, String parent) {
    String id = id();
    String parentId =
        parent.isEmpty()
            ? ""
            : instance.find("sys_db_object", "name", parent).getOrDefault("sys_id", parent);
    instance.insert(
        "sys_db_object",
        Map.of(
            "sys_id", id,
            "name", name,
            "label", "The " + name,
            "super_class", parentId,
            "sys_updated_on", "2026-01-01 00:00:00"));
    column(name, "", "collection", Map.of());
    return id;
  }

  private void column(String table, String element, String type, Map<String, String> more) {
    Map<String, String> row = new HashMap<>();
    row.put("sys_id", id());
    row.put("name", table);
    row.put("element", element);
    row.put("internal_type", type);
    row.put("active", "true");
    row.put("sys_updated_on", "2026-01-01 00:00:00");
    row.putAll(more);
    instance.insert("sys_dictionary", row);
  }

  private static ServiceNowColumn known(TableMetadata table, String column) {
    return column(table, column).extension(ServiceNowColumn.class).orElseThrow();
  }

  private static Column column(TableMetadata table, String column) {
    return table.column(column).orElseThrow();
  }

  @Test
  void a_table_has_the_columns_of_those_it_extends_and_each_says_where_it_is_declared() {
    TableMetadata incident = imported(values).table("problem_incident");

    assertThat(incident.columns())
        .extracting(Column::name)
        .containsExactly("sys_id", "assigned_to", "cause", "number", "secret", "state", "watchers");
    assertThat(known(incident, "number").declaredIn()).isEqualTo("task");
    assertThat(known(incident, "state").declaredIn()).isEqualTo("incident");
    assertThat(known(incident, "cause").declaredIn()).isEqualTo("problem_incident");
    assertThat(incident.extension(ServiceNowTable.class).orElseThrow().ancestors())
        .containsExactly("incident", "task");
    assertThat(incident.info().description()).contains("The problem_incident");
  }

  @Test
  void the_nearest_declaration_counts() {
    assertThat(column(imported(values).table("incident"), "state").defaultExpression())
        .contains("2");
    assertThat(column(imported(values).table("incident"), "state").description())
        .contains("Of a case");
    assertThat(column(imported(values).table("task"), "state").description()).contains("State");
  }

  @Test
  void overrides_count_for_those_below_the_nearest_first() {
    override("incident", "number", Map.of("mandatory_override", "true", "mandatory", "true"));
    override(
        "incident", "number", Map.of("default_value_override", "true", "default_value", "INC"));
    override("problem_incident", "assigned_to", Map.of("read_only", "true"));
    override(
        "problem_incident", "watchers", Map.of("read_only_override", "true", "read_only", "true"));
    TableMetadata child = imported(values).table("problem_incident");
    TableMetadata root = imported(values).table("task");

    assertThat(column(child, "number").defaultExpression()).contains("INC");
    assertThat(column(root, "number").nullable()).isTrue();
    assertThat(known(child, "watchers").readOnly()).isTrue();
    assertThat(known(child, "assigned_to").readOnly()).as("not switched on").isFalse();
    assertThat(column(child, "cause").nullable()).isFalse();
  }

  private void override(String table, String element, Map<String, String> what) {
    Map<String, String> row = new HashMap<>(what);
    row.put("sys_id", id());
    row.put("name", table);
    row.put("element", element);
    row.put("base_table", "task");
    instance.insert("sys_dictionary_override", row);
  }

  @Test
  void references_are_foreign_keys_and_lists_of_them_say_what_they_refer_to() {
    TableMetadata incident = imported(values).table("incident");

    assertThat(incident.foreignKeys())
        .containsExactly(
            ForeignKey.of(
                    "assigned_to",
                    List.of("assigned_to"),
                    Simulated.name("sys_user"),
                    List.of("sys_id"))
                .notEnforced());
    assertThat(known(incident, "watchers").references()).contains("sys_user");
    assertThat(incident.primaryKey().orElseThrow().columns()).containsExactly("sys_id");
    assertThat(incident.uniqueKeys().get(0).columns()).containsExactly("number");
    assertThat(known(incident, "secret").sensitive()).isTrue();
  }

  @Test
  void tables_that_extend_each_other_in_a_circle_end_and_are_told() {
    String one = table("u_one", "");
    table("u_two", one);
    instance.update(
        "sys_db_object",
        one,
        Map.of(
            "super_class",
            instance.find("sys_db_object", "name", "u_two").getOrDefault("sys_id", "")));
    column("u_one", "a", "string", Map.of());
    column("u_two", "b", "string", Map.of());
    TableMetadata two = imported(values).table("u_two");

    assertThat(two.columns()).extracting(Column::name).containsExactly("a", "b");
    assertThat(two.notices()).extracting(Notice::message).anyMatch(text -> text.contains("circle"));
  }

  /** As many lines as tables, each as long as all of them, would fill any memory. */
  @Test
  void a_line_longer_than_any_instance_has_ends_and_is_told() {
    String parent = "";
    for (int depth = 0; depth < 110; depth++) {
      parent = table("u_deep_" + depth, parent);
    }
    column("u_deep_50", "a", "string", Map.of());
    Simulated.Imported imported = imported(values);

    assertThat(imported.table("u_deep_60").columns()).hasSize(1);
    assertThat(imported.table("u_deep_60").notices()).isEmpty();
    assertThat(imported.table("u_deep_109").columns()).hasSize(1);
    assertThat(imported.table("u_deep_109").notices())
        .extracting(Notice::message)
        .anyMatch(text -> text.contains("More than 100 tables"));
  }

  @Test
  void a_parent_that_cannot_be_seen_leaves_the_own_columns_and_a_notice() {
    instance.hideRows("sys_db_object", row -> "task".equals(row.get("name")));
    TableMetadata incident = imported(values).table("incident");

    assertThat(incident.column("secret")).isPresent();
    assertThat(incident.notices()).hasSize(1);
  }

  @Test
  void a_parent_that_is_gone_leaves_the_own_columns_and_a_notice() {
    table("u_orphan", "00000000000000000000000000ffffff");
    column("u_orphan", "a", "string", Map.of());
    TableMetadata orphan = imported(values).table("u_orphan");

    assertThat(orphan.columns()).extracting(Column::name).containsExactly("a");
    assertThat(orphan.notices()).hasSize(1);
  }

  @Test
  void a_table_all_of_whose_columns_are_hidden_failed_and_is_not_empty() {
    instance.hideRows("sys_dictionary", row -> "task".equals(row.get("name")));
    Simulated.Imported imported = imported(values);

    assertThat(imported.sink().failures().get(Simulated.name("task")).code())
        .isEqualTo(StandardErrorCode.PERMISSION_DENIED);
    assertThat(imported.sink().tables()).containsKey(Simulated.name("incident"));
  }

  @Test
  void views_are_views_and_remote_tables_are_foreign() {
    table("u_view", "");
    column("u_view", "a", "string", Map.of());
    instance.insert("sys_db_view", Map.of("sys_id", id(), "name", "u_view"));
    table("st_remote", "");
    column("st_remote", "a", "string", Map.of());
    instance.insert("sys_script_vtable", Map.of("sys_id", id(), "table", "st_remote"));

    assertThat(imported(values).table("u_view").info().kind()).isEqualTo(TableKind.VIEW);
    assertThat(imported(values).table("st_remote").info().kind())
        .isEqualTo(TableKind.FOREIGN_TABLE);
    assertThat(imported(values).table("task").info().kind()).isEqualTo(TableKind.TABLE);
  }

  @Test
  void choices_and_labels_of_a_language_are_read_if_wanted() {
    choice("task", "state", "1", "Offen", "de", "20");
    choice("task", "state", "0", "Neu", "de", "10");
    choice("task", "state", "1", "Open", "en", "10");
    instance.insert(
        "sys_documentation",
        Map.of(
            "sys_id", id(),
            "name", "task",
            "element", "state",
            "language", "de",
            "label", "Zustand",
            "help", "Wie weit es ist"));
    ConfigurationValues german =
        values.with("advanced.choices", true).with("advanced.label_language", "de");
    TableMetadata task = imported(german).table("task");

    assertThat(known(task, "state").choices())
        .containsExactly(
            new ServiceNowColumn.Choice("0", "Neu"), new ServiceNowColumn.Choice("1", "Offen"));
    assertThat(known(task, "state").label()).isEqualTo("Zustand");
    assertThat(column(task, "state").description()).contains("Wie weit es ist");
    assertThat(known(task, "state").values())
        .containsEntry("choices", Map.of("0", "Neu", "1", "Offen"));
    assertThat(known(imported(values).table("task"), "state").choices()).isEmpty();
  }

  private void choice(
      String table, String element, String value, String label, String language, String sequence) {
    instance.insert(
        "sys_choice",
        Map.of(
            "sys_id", id(),
            "name", table,
            "element", element,
            "value", value,
            "label", label,
            "language", language,
            "sequence", sequence,
            "inactive", "false"));
  }

  @Test
  void of_a_column_that_stands_there_twice_the_newer_counts() {
    column(
        "task",
        "number",
        "string",
        Map.of("max_length", "80", "sys_updated_on", "2026-05-05 00:00:00"));

    assertThat(column(imported(values).table("task"), "number").type().length()).hasValue(80);
  }
}
