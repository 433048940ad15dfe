package dev.connections.core.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.DataType;
import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.MetadataExtension;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.Layer;
import dev.connections.core.internal.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabricksDdlTest {
  private static final TargetLayout LAYOUT = TargetLayout.in("main");
  private static final DataType INT = DataType.of(TypeKind.INTEGER, "int");
  private static final TableName CUSTOMERS = Samples.name("dbo", "Customers");
  private static final TableName ORDERS = Samples.name("dbo", "Orders");

  private static TableMetadata customers() {
    return Samples.table(
            CUSTOMERS,
            Column.builder("Id", INT, true).description("who it's").build(),
            Samples.column("Full Name", TypeKind.STRING))
        .primaryKey(KeyConstraint.of("PK Customers", "Id"))
        .build();
  }

  private static TableMetadata orders(ForeignKey... keys) {
    return Samples.table(
            ORDERS, Column.of("No", INT, false), Samples.column("Cust", TypeKind.INTEGER))
        .foreignKeys(List.of(keys))
        .build();
  }

  private static ForeignKey toCustomers() {
    return ForeignKey.of("FK_Cust", List.of("Cust"), CUSTOMERS, List.of("Id"));
  }

  @Test
  void a_script_creates_schemas_then_tables_then_foreign_keys() {
    assertThat(script(orders(toCustomers()), customers()))
        .isEqualTo(
            """
            -- Databricks SQL by Connections unreleased, conventions 1
            -- Source: Sales files (filesystem)
            -- Catalog: main, layer: bronze
            -- Tables: 2 of 2

            CREATE SCHEMA IF NOT EXISTS `main`.`bronze_dbo`;

            -- dbo.Customers
            -- NOTE Full Name: The name 'Full Name' isn't allowed here, or is taken; it becomes 'Full_Name'.
            -- NOTE Id: The column belongs to the primary key and so becomes mandatory.
            CREATE TABLE IF NOT EXISTS `main`.`bronze_dbo`.`customers` (
              `Id` INT NOT NULL COMMENT 'who it\\'s',
              `Full_Name` STRING,
              CONSTRAINT `pk_customers` PRIMARY KEY (`Id`)
            )
            USING DELTA;

            -- dbo.Orders
            CREATE TABLE IF NOT EXISTS `main`.`bronze_dbo`.`orders` (
              `No` INT NOT NULL,
              `Cust` INT
            )
            USING DELTA;

            -- Foreign keys, which Databricks states and doesn't enforce.
            ALTER TABLE `main`.`bronze_dbo`.`orders` DROP CONSTRAINT IF EXISTS `fk_cust`;
            ALTER TABLE `main`.`bronze_dbo`.`orders` ADD CONSTRAINT `fk_cust` FOREIGN KEY (`Cust`) REFERENCES `main`.`bronze_dbo`.`customers` (`Id`);

            -- 0 losses and 2 notes in all.
            """);
  }

  @Test
  void two_scripts_of_one_state_are_equal_whatever_the_order_of_reading() {
    assertThat(script(customers(), orders(toCustomers())))
        .isEqualTo(script(orders(toCustomers()), customers()));
  }

  @Test
  void a_foreign_key_to_a_table_outside_the_import_is_left_out_and_said() {
    List<TypeLoss> losses = new ArrayList<>();

    String script = script(losses, ImportOptions.all(), orders(toCustomers()));

    assertThat(script).doesNotContain("ALTER TABLE").contains("is not part of this import");
    assertThat(losses).extracting(TypeLoss::kind).containsExactly(LossKind.FOREIGN_KEY_DROPPED);
  }

  @Test
  void a_foreign_key_to_what_is_no_primary_key_is_left_out_and_said() {
    ForeignKey key = ForeignKey.of("x", List.of("Cust"), CUSTOMERS, List.of("Full Name"));
    ForeignKey unknownColumn = ForeignKey.of("y", List.of("Nope"), CUSTOMERS, List.of("Id"));
    List<TypeLoss> losses = new ArrayList<>();

    String script = script(losses, ImportOptions.all(), orders(key, unknownColumn), customers());

    assertThat(script).doesNotContain("ALTER TABLE");
    assertThat(losses)
        .filteredOn(loss -> loss.kind() == LossKind.FOREIGN_KEY_DROPPED)
        .hasSize(2)
        .extracting(TypeLoss::sentence)
        .first()
        .asString()
        .contains("no primary key of these columns");
  }

  @Test
  void a_foreign_key_follows_the_order_of_its_own_columns() {
    TableMetadata parent =
        Samples.table(CUSTOMERS, Column.of("a", INT, false), Column.of("b c", INT, false))
            .primaryKey(new KeyConstraint(Optional.empty(), List.of("a", "b c")))
            .build();
    ForeignKey key = ForeignKey.of("k", List.of("No", "Cust"), CUSTOMERS, List.of("b c", "a"));
    ForeignKey whole =
        new ForeignKey(
            Optional.empty(),
            List.of("No", "Cust"),
            CUSTOMERS,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            true);

    assertThat(script(parent, orders(key, whole)))
        .contains("(`No`, `Cust`) REFERENCES `main`.`bronze_dbo`.`customers` (`b_c`, `a`);")
        .contains("(`No`, `Cust`) REFERENCES `main`.`bronze_dbo`.`customers` (`a`, `b_c`);")
        .contains("CONSTRAINT `pk_customers` PRIMARY KEY (`a`, `b_c`)")
        .contains("ADD CONSTRAINT `fk_orders` FOREIGN KEY");
  }

  @Test
  void keys_in_a_circle_and_names_without_end_make_valid_statements() {
    String endless = "n".repeat(100_000);
    TableName first = Samples.name(endless, endless + "1");
    TableName second = Samples.name(endless, endless + "2");
    List<TableMetadata> tables = new ArrayList<>();
    for (TableName name : List.of(first, second)) {
      TableName other = name.equals(first) ? second : first;
      tables.add(
          Samples.table(name, Column.of(endless, INT, false), Column.of(endless + "x", INT, true))
              .primaryKey(KeyConstraint.of(endless, endless))
              .foreignKeys(
                  List.of(
                      ForeignKey.of(endless, List.of(endless), other, List.of(endless)),
                      ForeignKey.of(endless, List.of(endless + "x"), name, List.of(endless))))
              .build());
    }

    List<SqlTokens.Token> tokens = SqlTokens.of(script(tables.toArray(TableMetadata[]::new)));

    assertThat(tokens)
        .filteredOn(token -> token.kind() == SqlTokens.Kind.IDENTIFIER)
        .allMatch(token -> token.value().length() <= Databricks.LONGEST_NAME);
    assertThat(tokens).filteredOn(token -> token.value().equals("FOREIGN")).hasSize(4);
    List<String> constraints = new ArrayList<>();
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i - 1).value().equals("CONSTRAINT")
          && tokens.get(i).kind() == SqlTokens.Kind.IDENTIFIER) {
        constraints.add(tokens.get(i).value());
      }
    }
    assertThat(constraints).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void constraints_of_one_name_in_one_schema_are_numbered() {
    TableMetadata other =
        Samples.table(Samples.name("dbo", "Z"), Column.of("Id", INT, false))
            .primaryKey(KeyConstraint.of("PK Customers", "Id"))
            .build();

    assertThat(script(customers(), other))
        .contains("CONSTRAINT `pk_customers` ")
        .contains("CONSTRAINT `pk_customers_2` ");
  }

  @Test
  void a_primary_key_of_unread_columns_is_left_out_and_said() {
    TableMetadata table =
        Samples.table(ORDERS, Column.of("No", INT, false))
            .primaryKey(KeyConstraint.of("pk", "Gone"))
            .build();

    assertThat(script(table))
        .doesNotContain("PRIMARY KEY (")
        .contains("it names columns that weren't read");
  }

  @Test
  void a_column_that_a_primary_key_names_twice_stands_there_once_and_can_be_referred_to() {
    TableMetadata parent =
        Samples.table(CUSTOMERS, Column.of("Id", INT, false), Column.of("Part", INT, false))
            .primaryKey(KeyConstraint.of("pk", "Id", "Part", "Id"))
            .build();
    TableMetadata child =
        Samples.table(ORDERS, Column.of("A", INT, false), Column.of("B", INT, false))
            .foreignKeys(
                List.of(
                    ForeignKey.of("fk", List.of("A", "B"), CUSTOMERS, List.of("Part", "Id")),
                    ForeignKey.of("whole", List.of("A", "B"), CUSTOMERS, List.of()),
                    ForeignKey.of("twice", List.of("A", "A"), CUSTOMERS, List.of("Id", "Part"))))
            .build();

    assertThat(script(parent, child))
        .contains("PRIMARY KEY (`Id`, `Part`)\n")
        .contains("-- NOTE The primary key names a column more than once; it stands there once.")
        .contains(
            "FOREIGN KEY (`A`, `B`) REFERENCES `main`.`bronze_dbo`.`customers` (`Part`, `Id`)")
        .contains(
            "FOREIGN KEY (`A`, `B`) REFERENCES `main`.`bronze_dbo`.`customers` (`Id`, `Part`)")
        .contains("The foreign key is left out, as it names a column more than once.")
        .doesNotContain("`twice`");
  }

  @Test
  void a_view_stands_as_a_comment() {
    TableMetadata view =
        TableMetadata.builder(TableInfo.of(ORDERS, TableKind.VIEW), Samples.ALL)
            .columns(List.of(Column.of("a", INT, true)))
            .definition("select 1;\r\ndrop table x; -- really\u2028drop table y")
            .foreignKeys(List.of(toCustomers()))
            .build();

    String script = script(view);

    assertThat(script).contains("--   select 1;\n--   drop table x; -- really\n");
    assertThat(SqlTokens.of(script))
        .extracting(SqlTokens.Token::value)
        .containsExactly("CREATE", "SCHEMA", "IF", "NOT", "EXISTS", "main", ".", "bronze_dbo", ";");
  }

  @Test
  void a_backslash_at_the_end_of_a_remark_does_not_take_the_next_line_with_it() {
    TableName name = Samples.name("dbo", "share\\");
    TableMetadata table = Samples.table(name, Column.of("a", INT, true)).build();
    TableMetadata view =
        TableMetadata.builder(
                TableInfo.of(Samples.name("dbo", "a view"), TableKind.VIEW), Samples.ALL)
            .columns(List.of(Column.of("a", INT, true)))
            .definition("select 'c:\\ \nfrom x \\")
            .build();

    List<SqlTokens.Token> tokens = SqlTokens.of(script(view, table));

    assertThat(tokens)
        .filteredOn(token -> token.kind() == SqlTokens.Kind.WORD)
        .extracting(SqlTokens.Token::value)
        .containsExactly(
            "CREATE", "SCHEMA", "IF", "NOT", "EXISTS", "CREATE", "TABLE", "IF", "NOT", "EXISTS",
            "INT", "USING", "DELTA");
    assertThat(tokens).contains(new SqlTokens.Token(SqlTokens.Kind.IDENTIFIER, "share\\"));
  }

  @Test
  void a_table_without_columns_is_not_created_and_said() {
    List<TypeLoss> losses = new ArrayList<>();

    String script = script(losses, ImportOptions.all(), Samples.table(ORDERS).build());

    assertThat(script).doesNotContain("CREATE TABLE");
    assertThat(losses).extracting(TypeLoss::kind).containsExactly(LossKind.NO_COLUMNS);
  }

  @Test
  void kept_names_get_the_property_for_column_mapping() {
    StringWriter out = new StringWriter();
    List<TableMetadata> tables = List.of(customers(), orders());

    Samples.run(DatabricksDdl.to(out, LAYOUT.withColumnNaming(ColumnNaming.MAPPED)), tables);

    assertThat(out.toString())
        .contains("`Full Name` STRING")
        .containsOnlyOnce("USING DELTA\nTBLPROPERTIES ('delta.columnMapping.mode' = 'name');");
  }

  @Test
  void a_tables_words_and_a_new_name_are_told() {
    TableMetadata table =
        TableMetadata.builder(
                TableInfo.of(Samples.name(".", "a b.csv"), TableKind.FILE)
                    .withDescription("two\nlines"),
                Samples.ALL)
            .columns(List.of(Column.of("a", INT, true)))
            .build();

    assertThat(script(table))
        .contains("USING DELTA\nCOMMENT 'two\\nlines';")
        .contains("it becomes 'a_b_csv'.");
  }

  @Test
  void an_incomplete_import_is_told_in_the_header_and_options_decide_on_the_layer() {
    StringWriter out = new StringWriter();
    ImportReport report =
        ImportReport.builder(
                ImportReport.Status.INCOMPLETE, Samples.START, Samples.START.plusSeconds(1))
            .ledger(new ImportLedger(2, 1, 1, 0, 0))
            .build();

    Samples.run(
        DatabricksDdl.to(out, LAYOUT),
        List.of(customers()),
        ImportOptions.builder().layer(Layer.SILVER).build(),
        report);

    assertThat(out.toString())
        .contains("layer: silver")
        .contains("-- Tables: 1 of 2; the import is not complete\n");
  }

  @Test
  void names_and_texts_never_break_out_of_their_quotes() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      List<TableMetadata> tables = nasty(random);
      ColumnNaming naming = round % 2 == 0 ? ColumnNaming.PLAIN : ColumnNaming.MAPPED;
      StringWriter out = new StringWriter();
      Samples.run(DatabricksDdl.to(out, LAYOUT.withColumnNaming(naming)), tables);

      List<SqlTokens.Token> tokens = SqlTokens.of(out.toString());

      Set<String> texts = new HashSet<>(Set.of("delta.columnMapping.mode", "name"));
      tables.forEach(
          table -> {
            table.info().description().map(Json::whole).ifPresent(texts::add);
            table
                .columns()
                .forEach(column -> column.description().map(Json::whole).ifPresent(texts::add));
          });
      assertThat(tokens)
          .filteredOn(token -> token.kind() == SqlTokens.Kind.TEXT)
          .allMatch(token -> texts.contains(token.value()));
      assertThat(
              tokens.stream()
                  .filter(token -> token.kind() == SqlTokens.Kind.WORD)
                  .map(SqlTokens.Token::value)
                  .collect(Collectors.toSet()))
          .isSubsetOf(
              "CREATE",
              "SCHEMA",
              "IF",
              "NOT",
              "EXISTS",
              "TABLE",
              "INT",
              "STRUCT",
              "NULL",
              "COMMENT",
              "CONSTRAINT",
              "PRIMARY",
              "KEY",
              "USING",
              "DELTA",
              "TBLPROPERTIES",
              "ALTER",
              "DROP",
              "ADD",
              "FOREIGN",
              "REFERENCES");
      assertThat(tokens).filteredOn(token -> token.value().equals("PRIMARY")).isNotEmpty();
      assertThat(out.toString()).doesNotContain("{{").doesNotContain("'${");
    }
  }

  private static List<TableMetadata> nasty(Random random) {
    Set<TableName> names = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      names.add(Samples.name(Nasty.name(random), Nasty.name(random)));
    }
    List<TableMetadata> tables = new ArrayList<>();
    TableName first = names.iterator().next();
    for (TableName name : names) {
      DataType type = DataType.struct(List.of(TypeField.of(Nasty.name(random), INT, true)), "s");
      Column key = Column.builder("k", INT, false).description(Nasty.text(random)).build();
      Column free = Column.of(Nasty.name(random) + "n", type, false);
      tables.add(
          TableMetadata.builder(
                  TableInfo.of(name, TableKind.TABLE).withDescription(Nasty.text(random)),
                  Samples.ALL)
              .columns(List.of(key, free))
              .primaryKey(KeyConstraint.of(Nasty.name(random), "k"))
              .foreignKeys(
                  List.of(ForeignKey.of(Nasty.name(random), List.of("k"), first, List.of("k"))))
              .build());
    }
    Collections.shuffle(tables, random);
    return tables;
  }

  @Test
  void a_file_appears_whole_or_not_at_all(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tables.sql");
    try (DatabricksDdl target = DatabricksDdl.to(file, LAYOUT)) {
      target.begin(Samples.context(ImportOptions.all()));
      target.table(customers());
    }
    assertThat(folder).isEmptyDirectory();

    Samples.run(DatabricksDdl.to(file, LAYOUT), List.of(customers()));

    assertThat(Files.readString(file)).contains("CREATE TABLE");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_folder_that_isnt_there_is_a_failure_with_a_remedy(@TempDir Path folder) {
    Path file = folder.resolve("gone").resolve("tables.sql");

    assertThatThrownBy(() -> Samples.run(DatabricksDdl.to(file, LAYOUT), List.of(customers())))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(TargetErrorCode.OUTPUT_NOT_WRITTEN);
              assertThat(e.failure().code().transientFailure()).isFalse();
              assertThat(e.failure().message()).contains("'tables.sql'");
              assertThat(e.failure().message()).doesNotContain(folder.toString());
              assertThat(e.failure().remedy()).isPresent();
            });
  }

  @Test
  void a_writer_that_fails_is_a_failure() {
    Writer broken =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("secret");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> Samples.run(DatabricksDdl.to(broken, LAYOUT), List.of(customers())))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("Writing the output of the import failed.")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_table_before_the_import_begins_is_a_defect() {
    DatabricksDdl target = DatabricksDdl.to(new StringWriter(), LAYOUT);

    assertThatThrownBy(() -> target.table(customers())).isInstanceOf(IllegalStateException.class);
    target.close();
  }

  /** A vendor's tags. */
  private record Marks(Map<String, Object> values) implements MetadataExtension {
    static Marks of(Map<String, ?> tags) {
      return new Marks(Map.of("tags", tags));
    }

    @Override
    public String id() {
      return "marks";
    }
  }

  private static TableMetadata marked(Map<String, ?> own, Map<String, ?> ofColumn) {
    return Samples.table(
            CUSTOMERS, Column.builder("Full Name", INT, true).extension(Marks.of(ofColumn)).build())
        .extension(Marks.of(own))
        .build();
  }

  private static String tagged(List<TypeLoss> losses, TableMetadata... tables) {
    StringWriter out = new StringWriter();
    Samples.run(
        DatabricksDdl.to(out, LAYOUT).withTags().onLoss(losses::add),
        List.of(tables),
        ImportOptions.all(),
        Samples.report(List.of(tables)));
    return out.toString();
  }

  @Test
  void tags_are_set_behind_all_tables_where_that_is_asked_for() {
    TableMetadata marked =
        marked(new TreeMap<>(Map.of("tier", "it's gold", "pii", "")), Map.of("owner", "a\\b"));

    assertThat(script(marked)).doesNotContain("TAGS");
    assertThat(tagged(new ArrayList<>(), marked, orders(toCustomers())))
        .contains(
            """

            -- Tags.
            ALTER TABLE `main`.`bronze_dbo`.`customers` SET TAGS ('pii' = '', 'tier' = 'it\\'s gold');
            ALTER TABLE `main`.`bronze_dbo`.`customers` ALTER COLUMN `Full_Name` SET TAGS ('owner' = 'a\\\\b');
            """);
  }

  @Test
  void tags_that_unity_catalog_does_not_take_are_left_out_and_said() {
    List<TypeLoss> losses = new ArrayList<>();

    String script =
        tagged(
            losses,
            marked(
                Map.of("a.b", "x", "c", "y", " d", "z", "e", "1".repeat(1_001), "f", 7), Map.of()));

    assertThat(script).contains("SET TAGS ('c' = 'y');").contains("-- NOTE Tags are left out");
    assertThat(losses)
        .filteredOn(loss -> loss.kind() == LossKind.TAG_DROPPED)
        .singleElement()
        .satisfies(loss -> assertThat(loss.source()).isEqualTo("4 tags"));
  }

  @Test
  void a_script_for_hive_metastore_has_neither_keys_nor_tags_and_says_so() {
    List<TypeLoss> losses = new ArrayList<>();
    StringWriter out = new StringWriter();
    TableMetadata keyed = customers();
    List<TableMetadata> tables =
        List.of(
            orders(toCustomers()),
            TableMetadata.builder(keyed.info(), keyed.loaded())
                .columns(keyed.columns())
                .primaryKey(keyed.primaryKey().orElseThrow())
                .extension(Marks.of(Map.of("a", "b")))
                .build());

    Samples.run(
        DatabricksDdl.to(out, TargetLayout.in("hive_metastore")).withTags().onLoss(losses::add),
        tables,
        ImportOptions.all(),
        Samples.report(tables));

    assertThat(out.toString())
        .contains("`hive_metastore`.`bronze_dbo`.`customers`")
        .contains("-- Tags are left out: hive_metastore keeps none.")
        .doesNotContain("CONSTRAINT")
        .doesNotContain("SET TAGS");
    assertThat(losses)
        .extracting(TypeLoss::kind)
        .contains(LossKind.PRIMARY_KEY_CHANGED, LossKind.FOREIGN_KEY_DROPPED);
  }

  @Test
  void what_is_not_created_gets_no_tags() {
    TableMetadata view =
        TableMetadata.builder(TableInfo.of(CUSTOMERS, TableKind.VIEW), Set.of())
            .extension(Marks.of(Map.of("a", "b")))
            .build();

    assertThat(tagged(new ArrayList<>(), view)).doesNotContain("TAGS");
  }

  private static String script(TableMetadata... tables) {
    return script(new ArrayList<>(), ImportOptions.all(), tables);
  }

  private static String script(
      List<TypeLoss> losses, ImportOptions options, TableMetadata... tables) {
    StringWriter out = new StringWriter();
    Samples.run(
        DatabricksDdl.to(out, LAYOUT).onLoss(losses::add),
        List.of(tables),
        options,
        Samples.report(List.of(tables)));
    return out.toString();
  }
}
