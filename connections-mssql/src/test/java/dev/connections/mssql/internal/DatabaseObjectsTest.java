package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import dev.connections.mssql.DatabaseObjects;
import dev.connections.mssql.DatabaseObjects.DatabaseProperty;
import dev.connections.mssql.DatabaseObjects.DatabaseTrigger;
import dev.connections.mssql.DatabaseObjects.Found;
import dev.connections.mssql.DatabaseObjects.Kind;
import dev.connections.mssql.DatabaseObjects.ObjectProperty;
import dev.connections.mssql.DatabaseObjects.Routine;
import dev.connections.mssql.DatabaseObjects.Sequence;
import dev.connections.mssql.DatabaseObjects.Synonym;
import dev.connections.testkit.TestOperation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a schema holds besides tables and views. */
class DatabaseObjectsTest {
  private final SysCatalog catalog = new SysCatalog();
  private int sales;

  @BeforeEach
  void a_schema() {
    sales = catalog.schema("sales");
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private Found found(String schema, Counting counting) {
    try (Opened opened = Opened.on(catalog, counting)) {
      return opened
          .adapter()
          .as(DatabaseObjects.class)
          .orElseThrow()
          .in(SchemaName.of(schema), TestOperation.start());
    }
  }

  private Found found() {
    return found("sales", new Counting());
  }

  @ParameterizedTest
  @CsvSource({
    "P,  PROCEDURE",
    "PC, PROCEDURE",
    "FN, SCALAR_FUNCTION",
    "FS, SCALAR_FUNCTION",
    "IF, TABLE_FUNCTION",
    "TF, TABLE_FUNCTION",
    "FT, TABLE_FUNCTION",
    "AF, AGGREGATE",
  })
  void routines_have_their_kind_and_text(String type, Kind kind) {
    catalog.routine(sales, "a", type, "create … a");
    catalog.routine(sales, "b", type, null);
    catalog.routine(catalog.schema("hr"), "c", type, "create … c");

    assertThat(found().routines())
        .containsExactly(
            new Routine("a", kind, Optional.of("create … a")),
            new Routine("b", kind, Optional.empty()));
  }

  @Test
  void tables_constraints_and_what_belongs_to_the_system_are_no_routines() {
    int table = catalog.table(sales, "t");
    catalog.column(table, 1, "id", "int");
    catalog.foreignKey(table, "fk", 1, table);
    catalog.trigger(table, "tr", false, false, "create trigger tr …");
    int shipped = catalog.routine(sales, "sp_of_microsoft", "P", "create …");
    catalog.set("objects", "is_ms_shipped = 1", "object_id = " + shipped);

    assertThat(found().routines()).isEmpty();
  }

  @Test
  void synonyms_say_what_they_stand_for_and_sequences_how_they_count() {
    catalog.insert("synonyms", catalog.id(), "people", sales, "[hr].[dbo].[people]");
    catalog.insert(
        "sequences",
        catalog.id(),
        "numbers",
        sales,
        SysCatalog.TYPES.get("bigint"),
        100L,
        5L,
        1L,
        9_223_372_036_854_775_807L,
        true);

    Found found = found();

    assertThat(found.synonyms()).containsExactly(new Synonym("people", "[hr].[dbo].[people]"));
    assertThat(found.sequences())
        .containsExactly(
            new Sequence("numbers", "bigint", "100", "5", "1", "9223372036854775807", true));
    assertThat(found.notices()).isEmpty();
  }

  @Test
  void properties_of_the_schema_its_objects_and_their_parameters_are_read() {
    int procedure = catalog.routine(sales, "p", "P", "create …");
    int table = catalog.table(sales, "t");
    catalog.insert("extended_properties", 3, sales, 0, "owner", "Ada");
    catalog.insert("extended_properties", 1, procedure, 0, "MS_Description", "Sells");
    catalog.insert("extended_properties", 2, procedure, 1, "MS_Description", "What");
    catalog.insert("extended_properties", 1, table, 0, "MS_Description", "A table has its own");

    assertThat(found().extendedProperties())
        .containsExactly(
            new ObjectProperty("object", "p", 0, "MS_Description", "Sells"),
            new ObjectProperty("parameter", "p", 1, "MS_Description", "What"),
            new ObjectProperty("schema", "sales", 0, "owner", "Ada"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "sales'; drop table sys.tables --", "\u0000"})
  void a_schema_that_does_not_exist_holds_nothing(String name) {
    catalog.routine(sales, "a", "P", "create …");

    Found found = found(name, new Counting());

    assertThat(found.routines()).isEmpty();
    assertThat(found.notices()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sys.objects o,  208, procedures and functions, NOT_LOADED",
    "sys.synonyms,   208, synonyms,                 NOT_LOADED",
    "sys.sequences,  229, sequences,                HIDDEN_BY_PERMISSION",
    "sys.extended,   229, extended properties,      HIDDEN_BY_PERMISSION",
  })
  void what_is_missing_or_refused_is_told_and_the_rest_read(
      String part, String number, String words, NoticeCode code) {
    catalog.routine(sales, "a", "P", "create …");
    catalog.insert("synonyms", catalog.id(), "people", sales, "[people]");

    Found found = found("sales", new Counting(sql -> sql.contains(part) ? number : ""));

    assertThat(found.notices())
        .anySatisfy(
            notice -> {
              assertThat(notice.code()).isEqualTo(code);
              assertThat(notice.message()).contains(words);
            });
    assertThat(found.routines().size() + found.synonyms().size()).isPositive();
  }

  @Test
  void texts_that_may_not_be_read_cost_no_names() {
    catalog.routine(sales, "a", "P", "create …");

    Found found = found("sales", new Counting(sql -> sql.contains("sql_modules") ? "229" : ""));

    assertThat(found.routines())
        .containsExactly(new Routine("a", Kind.PROCEDURE, Optional.empty()));
    assertThat(found.notices())
        .extracting(Notice::message)
        .containsExactly("Some details of the procedures and functions aren't shown here.");
  }

  @Test
  void it_takes_four_statements() {
    Counting counting = new Counting();
    found("sales", counting);

    assertThat(counting.statements()).hasSize(4);
  }

  private DatabaseObjects.OfDatabase ofDatabase(Counting counting) {
    try (Opened opened = Opened.on(catalog, counting)) {
      return opened
          .adapter()
          .as(DatabaseObjects.class)
          .orElseThrow()
          .ofDatabase(TestOperation.start());
    }
  }

  private int databaseTrigger(String name, String text, String... events) {
    int id = catalog.id();
    catalog.insert("triggers", id, 0, 0, name, false, true);
    catalog.insert("sql_modules", id, text);
    for (String event : events) {
      catalog.insert("trigger_events", id, event);
    }
    return id;
  }

  @Test
  void triggers_of_the_database_have_their_events_and_text() {
    databaseTrigger("tr_drop", "create trigger tr_drop …", "DROP_TABLE", "ALTER_TABLE");
    databaseTrigger("tr_secret", null);
    catalog.trigger(catalog.table(sales, "t"), "tr_of_a_table", false, false, "…");

    assertThat(ofDatabase(new Counting()).triggers())
        .containsExactly(
            new DatabaseTrigger(
                "tr_drop",
                true,
                List.of("ALTER_TABLE", "DROP_TABLE"),
                Optional.of("create trigger tr_drop …")),
            new DatabaseTrigger("tr_secret", true, List.of(), Optional.empty()));
  }

  @Test
  void properties_of_the_database_and_of_what_lies_in_no_schema_are_read() {
    int trigger = databaseTrigger("tr_drop", "…");
    int table = catalog.table(sales, "t");
    catalog.insert("types", 257, 231, sales, "Phone", true, false);
    catalog.insert("database_principals", 7, "ada");
    catalog.insert("extended_properties", 0, 0, 0, "owner", "Sales");
    catalog.insert("extended_properties", 1, trigger, 0, "MS_Description", "Guards");
    catalog.insert("extended_properties", 4, 7, 0, "team", "A");
    catalog.insert("extended_properties", 6, 257, 0, "MS_Description", "A number\u0000\n\u202e");
    catalog.insert("extended_properties", 22, 1, 0, "disk", "fast");
    catalog.insert("extended_properties", 99, 1, 0, "new", "kind");
    catalog.insert("extended_properties", 1, table, 0, "MS_Description", "A table has its own");
    catalog.insert("extended_properties", 3, sales, 0, "MS_Description", "And a schema");

    assertThat(ofDatabase(new Counting()).extendedProperties())
        .containsExactly(
            new DatabaseProperty("database", "", "owner", "Sales"),
            new DatabaseProperty("file", "", "disk", "fast"),
            new DatabaseProperty("other", "", "new", "kind"),
            new DatabaseProperty("trigger", "tr_drop", "MS_Description", "Guards"),
            new DatabaseProperty("type", "Phone", "MS_Description", "A number\u0000\n\u202e"),
            new DatabaseProperty("user", "ada", "team", "A"));
  }

  @ParameterizedTest
  @CsvSource({
    "sys.trigger_events,      208, 1, 1, Some details of the triggers of the database",
    "sys.sql_modules,         229, 1, 1, Some details of the triggers of the database",
    "sys.database_principals, 229, 1, 1, Some details of the extended properties of the database",
    "sys.extended_properties, 208, 1, 0, no catalog of the extended properties of the database",
    "sys.triggers,            229, 0, 0, triggers of the database may not be read",
  })
  void what_the_database_does_not_tell_of_itself_is_told(
      String view, String number, int triggers, int properties, String words) {
    databaseTrigger("tr_drop", "…", "DROP_TABLE");
    catalog.insert("extended_properties", 0, 0, 0, "owner", "Sales");

    DatabaseObjects.OfDatabase found =
        ofDatabase(new Counting(sql -> sql.contains(view) ? number : ""));

    assertThat(found.triggers()).hasSize(triggers);
    assertThat(found.extendedProperties()).hasSize(properties);
    assertThat(found.notices()).extracting(Notice::message).anyMatch(text -> text.contains(words));
  }

  @Test
  void the_database_itself_takes_two_statements() {
    Counting counting = new Counting();
    ofDatabase(counting);

    assertThat(counting.statements()).hasSize(2);
  }
}
