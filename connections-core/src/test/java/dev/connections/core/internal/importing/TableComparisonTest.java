package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.name;
import static dev.connections.core.internal.importing.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.api.TypeKind;
import dev.connections.core.importing.MetadataChange;
import dev.connections.core.importing.MetadataChange.What;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableComparisonTest {
  private static final Column ID = Column.of("id", DataType.of(TypeKind.INTEGER, "int"), false);

  private static TableMetadata of(UnaryOperator<TableMetadata.Builder> parts) {
    return parts
        .apply(TableMetadata.builder(table("s", "a"), EnumSet.allOf(Section.class)))
        .build();
  }

  private static TableMetadata columns(Column... columns) {
    return of(table -> table.columns(List.of(columns)));
  }

  private static MetadataChange only(TableMetadata before, TableMetadata after) {
    List<MetadataChange> changes = TableComparison.of(before, after);
    assertThat(changes).hasSize(1);
    return changes.get(0);
  }

  private static Column text(int length, String nativeType) {
    return Column.of("note", DataType.of(TypeKind.STRING, nativeType).withLength(length), true);
  }

  private static Column amount(int precision, int scale) {
    return Column.of("amount", DataType.decimal(precision, scale, "decimal"), true);
  }

  @Test
  void nothing_is_otherwise_where_nothing_is() {
    assertThat(TableComparison.of(columns(ID, text(20, "text")), columns(ID, text(20, "text"))))
        .isEmpty();
  }

  @Test
  void a_new_column_is_harmless_and_a_removed_one_is_not() {
    MetadataChange added = only(columns(ID), columns(ID, text(20, "varchar(20)")));
    assertThat(added.sentence()).isEqualTo("Column 'note' was added (varchar(20)).");
    assertThat(added.breaking()).isFalse();
    MetadataChange removed = only(columns(ID, text(20, "text")), columns(ID));
    assertThat(removed.sentence()).isEqualTo("Column 'note' was removed (text, length 20).");
    assertThat(removed.breaking()).isTrue();
  }

  @Test
  void a_longer_text_is_harmless_and_a_shorter_one_is_not() {
    MetadataChange longer =
        only(columns(text(20, "varchar(20)")), columns(text(30, "varchar(30)")));
    assertThat(longer.what()).isEqualTo(What.COLUMN_TYPE);
    assertThat(longer.breaking()).isFalse();
    assertThat(only(columns(text(30, "text")), columns(text(20, "text"))).breaking()).isTrue();
    Column unbounded = Column.of("note", DataType.of(TypeKind.STRING, "text"), true);
    assertThat(only(columns(text(30, "text")), columns(unbounded)).breaking()).isFalse();
    assertThat(only(columns(unbounded), columns(text(30, "text"))).breaking()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"10,2,12,2,false", "10,2,12,4,false", "10,2,10,4,true", "10,2,9,2,true"})
  void a_decimal_must_keep_its_digits_before_and_after_the_point(
      int precision, int scale, int newPrecision, int newScale, boolean breaking) {
    MetadataChange change =
        only(columns(amount(precision, scale)), columns(amount(newPrecision, newScale)));
    assertThat(change.breaking()).isEqualTo(breaking);
    assertThat(change.before()).contains("decimal, precision 10, scale 2");
  }

  @Test
  void another_kind_of_value_is_breaking() {
    Column now = Column.of("id", DataType.of(TypeKind.STRING, "text"), false);
    assertThat(only(columns(ID), columns(now)).sentence())
        .isEqualTo("The type of column 'id' changed from int to text.");
  }

  @Test
  void nulls_that_may_come_now_are_breaking() {
    Column nullable = Column.of("id", DataType.of(TypeKind.INTEGER, "int"), true);
    assertThat(only(columns(ID), columns(nullable)))
        .satisfies(change -> assertThat(change.breaking()).isTrue())
        .satisfies(
            change -> assertThat(change.sentence()).isEqualTo("Column 'id' takes nulls now."));
    assertThat(only(columns(nullable), columns(ID)).breaking()).isFalse();
  }

  @Test
  void columns_in_another_order_are_one_change() {
    Column a = text(5, "text");
    assertThat(only(columns(ID, a), columns(a, ID)).what()).isEqualTo(What.COLUMN_ORDER);
  }

  @Test
  void another_default_and_another_description_are_told() {
    Column before =
        Column.builder("id", DataType.of(TypeKind.INTEGER, "int"), false)
            .defaultExpression("0")
            .description("old")
            .build();
    Column after =
        Column.builder("id", DataType.of(TypeKind.INTEGER, "int"), false)
            .identity()
            .description("new")
            .build();
    assertThat(TableComparison.of(columns(before), columns(after)))
        .extracting(MetadataChange::sentence)
        .containsExactly(
            "What fills column 'id' changed from default 0 to identity.",
            "The description of column 'id' changed.");
  }

  @Test
  void keys_references_and_checks_are_known_by_name_and_else_by_content() {
    TableMetadata before =
        of(
            table ->
                table
                    .primaryKey(new KeyConstraint(Optional.of("pk"), List.of("id")))
                    .uniqueKeys(List.of(new KeyConstraint(Optional.empty(), List.of("a"))))
                    .foreignKeys(
                        List.of(ForeignKey.of("fk", List.of("a"), name("s", "b"), List.of("id"))))
                    .checks(List.of(new CheckConstraint(Optional.of("c"), "a > 0"))));
    TableMetadata after =
        of(
            table ->
                table
                    .primaryKey(new KeyConstraint(Optional.of("other"), List.of("id", "a")))
                    .uniqueKeys(List.of(new KeyConstraint(Optional.empty(), List.of("b"))))
                    .foreignKeys(
                        List.of(ForeignKey.of("fk", List.of("a"), name("s", "c"), List.of("id"))))
                    .checks(List.of()));
    assertThat(TableComparison.of(before, after))
        .extracting(MetadataChange::sentence)
        .containsExactly(
            "The primary key changed from id to id, a.",
            "The unique key was removed (a).",
            "The unique key was added (b).",
            "The foreign key 'fk' changed from a to s.b (id) to a to s.c (id).",
            "The check 'c' was removed (a > 0).");
  }

  @Test
  void a_primary_key_of_another_name_only_is_the_same() {
    assertThat(
            TableComparison.of(
                of(t -> t.primaryKey(new KeyConstraint(Optional.of("x"), List.of("id")))),
                of(t -> t.primaryKey(new KeyConstraint(Optional.of("y"), List.of("id"))))))
        .isEmpty();
  }

  @Test
  void what_only_one_of_them_read_is_not_compared() {
    TableMetadata columnsOnly = columns(ID).only(EnumSet.of(Section.COLUMNS));
    TableMetadata keyed = of(t -> t.columns(List.of(ID)).primaryKey(KeyConstraint.of("pk", "id")));
    assertThat(TableComparison.of(columnsOnly, keyed)).isEmpty();
    assertThat(TableComparison.of(keyed, columnsOnly)).isEmpty();
  }

  @Test
  void a_name_with_a_line_break_makes_no_second_line() {
    Column odd = Column.of("a\nb\u202E", DataType.of(TypeKind.STRING, "text"), true);
    assertThat(only(columns(ID), columns(ID, odd)).sentence())
        .isEqualTo("Column 'a?b?' was added (text).");
  }
}
