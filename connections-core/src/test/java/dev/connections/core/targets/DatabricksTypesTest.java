package dev.connections.core.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Partitioning;
import dev.connections.api.TableMetadata;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabricksTypesTest {
  private static final DatabricksTypes TYPES = DatabricksTypes.with(ColumnNaming.PLAIN);
  private static final DataType INT = DataType.of(TypeKind.INTEGER, "int");
  private static final DataType TEXT = DataType.of(TypeKind.STRING, "text");

  record Case(DataType type, String expected, Set<LossKind> losses) {
    static Case of(DataType type, String expected, LossKind... losses) {
      return new Case(type, expected, Set.of(losses));
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        Case.of(plain(TypeKind.BOOLEAN, "bit"), "BOOLEAN"),
        Case.of(plain(TypeKind.TINYINT, "tinyint"), "TINYINT"),
        Case.of(plain(TypeKind.SMALLINT, "smallint"), "SMALLINT"),
        Case.of(plain(TypeKind.SMALLINT, "UINT_8"), "SMALLINT", LossKind.SIGN_NOT_ENFORCED),
        Case.of(INT, "INT"),
        Case.of(plain(TypeKind.INTEGER, "point"), "INT"),
        Case.of(plain(TypeKind.BIGINT, "bigint"), "BIGINT"),
        Case.of(plain(TypeKind.BIGINT, "int(10) UNSIGNED"), "BIGINT", LossKind.SIGN_NOT_ENFORCED),
        Case.of(DataType.decimal(10, 2, "decimal(10,2)"), "DECIMAL(10,2)"),
        Case.of(DataType.decimal(38, 38, "decimal(38,38)"), "DECIMAL(38,38)"),
        Case.of(DataType.decimal(39, 0, "n"), "STRING", LossKind.PRECISION_TOO_LARGE),
        Case.of(DataType.decimal(5, -2, "number(5,-2)"), "DECIMAL(7,0)"),
        Case.of(DataType.decimal(37, -2, "n"), "STRING", LossKind.PRECISION_TOO_LARGE),
        Case.of(DataType.decimal(3, 5, "numeric(3,5)"), "DECIMAL(5,5)"),
        Case.of(
            DataType.decimal(2_000_000_000, Integer.MIN_VALUE, "n"),
            "STRING",
            LossKind.PRECISION_TOO_LARGE),
        Case.of(plain(TypeKind.DECIMAL, "numeric").withPrecision(9), "DECIMAL(9,0)"),
        Case.of(plain(TypeKind.DECIMAL, "numeric"), "DECIMAL(38,18)", LossKind.PRECISION_UNKNOWN),
        Case.of(plain(TypeKind.FLOAT, "real"), "FLOAT"),
        Case.of(plain(TypeKind.DOUBLE, "float"), "DOUBLE"),
        Case.of(TEXT, "STRING"),
        Case.of(
            plain(TypeKind.STRING, "nvarchar(50)").withLength(50),
            "STRING",
            LossKind.LENGTH_NOT_ENFORCED),
        Case.of(plain(TypeKind.BINARY, "bytea"), "BINARY"),
        Case.of(
            plain(TypeKind.BINARY, "binary(8)").withLength(8),
            "BINARY",
            LossKind.LENGTH_NOT_ENFORCED),
        Case.of(plain(TypeKind.DATE, "date"), "DATE"),
        Case.of(plain(TypeKind.TIME, "time(7)"), "STRING", LossKind.KEPT_AS_TEXT),
        Case.of(plain(TypeKind.TIMESTAMP, "timestamptz").withPrecision(6), "TIMESTAMP"),
        Case.of(
            plain(TypeKind.TIMESTAMP, "INT96").withPrecision(9),
            "TIMESTAMP",
            LossKind.FRACTION_TRUNCATED),
        Case.of(plain(TypeKind.TIMESTAMP_NTZ, "timestamp"), "TIMESTAMP_NTZ"),
        Case.of(plain(TypeKind.TIMESTAMP, "datetime"), "TIMESTAMP"),
        Case.of(plain(TypeKind.TIMESTAMP_NTZ, "DateTime"), "TIMESTAMP", LossKind.ZONE_ASSUMED),
        Case.of(
            plain(TypeKind.TIMESTAMP_NTZ, "datetime2(7)").withPrecision(7),
            "TIMESTAMP_NTZ",
            LossKind.FRACTION_TRUNCATED),
        Case.of(plain(TypeKind.INTERVAL, "interval"), "STRING", LossKind.KEPT_AS_TEXT),
        Case.of(plain(TypeKind.UUID, "uuid"), "STRING", LossKind.KEPT_AS_TEXT),
        Case.of(plain(TypeKind.JSON, "jsonb"), "STRING", LossKind.KEPT_AS_TEXT),
        Case.of(plain(TypeKind.XML, "xml"), "STRING", LossKind.KEPT_AS_TEXT),
        Case.of(plain(TypeKind.VARIANT, "sql_variant"), "VARIANT"),
        Case.of(plain(TypeKind.GEOMETRY, "geometry"), "BINARY", LossKind.KEPT_AS_TEXT),
        Case.of(plain(TypeKind.OTHER, "hierarchyid"), "STRING", LossKind.UNKNOWN_TYPE),
        Case.of(DataType.struct(List.of(), "{}"), "STRING", LossKind.EMPTY_STRUCT),
        Case.of(
            DataType.struct(List.of(TypeField.of("a b", INT, true)), "s"),
            "STRUCT<`a_b`: INT>",
            LossKind.RENAMED),
        Case.of(
            DataType.struct(List.of(TypeField.of("a", INT, false)), "s"),
            "STRUCT<`a`: INT>",
            LossKind.NESTED_NOT_NULL),
        Case.of(
            DataType.struct(List.of(new TypeField("a", INT, true, Optional.of("it's > all"))), "s"),
            "STRUCT<`a`: INT COMMENT 'it\\'s > all'>"),
        Case.of(DataType.array(INT, true, "int[]"), "ARRAY<INT>"),
        Case.of(
            DataType.array(DataType.array(DataType.decimal(50, 1, "n"), true, "x"), true, "y"),
            "ARRAY<ARRAY<STRING>>",
            LossKind.PRECISION_TOO_LARGE),
        Case.of(DataType.map(TEXT, INT, true, "m"), "MAP<STRING, INT>"),
        Case.of(
            DataType.map(DataType.map(TEXT, INT, true, "k"), INT, true, "m"),
            "ARRAY<STRUCT<`key`: MAP<STRING, INT>, `value`: INT>>",
            LossKind.MAP_KEY_NOT_ALLOWED),
        Case.of(
            DataType.map(DataType.array(plain(TypeKind.VARIANT, "v"), true, "k"), INT, true, "m"),
            "ARRAY<STRUCT<`key`: ARRAY<VARIANT>, `value`: INT>>",
            LossKind.MAP_KEY_NOT_ALLOWED));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_neutral_type_has_its_counterpart_and_says_what_it_loses(Case it) {
    MappedTable mapped = map(Column.of("c", it.type(), true));

    assertThat(mapped.columns().get(0).type()).isEqualTo(it.expected());
    assertThat(TYPES.text(it.type())).isEqualTo(it.expected());
    assertThat(kinds(mapped)).isEqualTo(it.losses());
  }

  @Test
  void every_kind_of_type_is_in_the_table_of_cases() {
    assertThat(cases().map(it -> it.type().kind()).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(TypeKind.class));
  }

  @Test
  void not_null_is_kept_inside_mandatory_structures_only() {
    DataType inner = DataType.struct(List.of(TypeField.of("b", INT, false)), "inner");
    DataType outer =
        DataType.struct(
            List.of(
                TypeField.of("s", inner, false),
                TypeField.of("l", DataType.array(inner, false, "l"), false)),
            "outer");

    MappedTable mapped = map(Column.of("c", outer, false));

    assertThat(mapped.columns().get(0).type())
        .isEqualTo(
            "STRUCT<`s`: STRUCT<`b`: INT NOT NULL> NOT NULL, `l`: ARRAY<STRUCT<`b`: INT>> NOT"
                + " NULL>");
    assertThat(mapped.losses())
        .extracting(loss -> loss.column().orElseThrow(), TypeLoss::kind)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("c.l[].b", LossKind.NESTED_NOT_NULL));
  }

  @Test
  void a_loss_names_the_path_the_types_and_a_sentence() {
    DataType type =
        DataType.struct(
            List.of(
                TypeField.of(
                    "prices", DataType.array(DataType.decimal(40, 2, "dec"), true, "a"), true)),
            "s");

    TypeLoss loss = map(Column.of("order", type, true)).losses().get(0);

    assertThat(loss.column()).contains("order.prices[]");
    assertThat(loss.source()).isEqualTo("dec");
    assertThat(loss.target()).isEqualTo("STRING");
    assertThat(loss.severity()).isEqualTo(LossKind.Severity.LOSS);
    assertThat(loss.sentence())
        .isEqualTo("The number has 40 digits, DECIMAL at most 38; it is kept as text.");
  }

  @Test
  void what_a_column_leaves_behind_is_said() {
    Column column =
        Column.builder("id", INT, false)
            .identity()
            .collation("Latin1_General_CI_AS")
            .defaultExpression("((0))")
            .generatedExpression("a + b")
            .build();

    assertThat(kinds(map(column)))
        .containsExactlyInAnyOrder(
            LossKind.IDENTITY_DROPPED,
            LossKind.COLLATION_DROPPED,
            LossKind.DEFAULT_DROPPED,
            LossKind.GENERATION_DROPPED);
  }

  @Test
  void what_a_table_leaves_behind_is_said_without_a_column() {
    TableMetadata table =
        Samples.table(Samples.name("s", "t"), Samples.column("a", TypeKind.DATE))
            .uniqueKeys(List.of(KeyConstraint.of("u", "a")))
            .indexes(List.of(Index.of("ix", false, "a")))
            .checks(List.of(new CheckConstraint(Optional.empty(), "a > 0")))
            .partitioning(new Partitioning("range", List.of("a"), OptionalLong.empty()))
            .build();

    List<TypeLoss> losses = TYPES.map(table).losses();

    assertThat(losses).allMatch(loss -> loss.column().isEmpty());
    assertThat(losses)
        .extracting(TypeLoss::kind)
        .containsExactly(
            LossKind.CONSTRAINT_DROPPED,
            LossKind.CONSTRAINT_DROPPED,
            LossKind.CONSTRAINT_DROPPED,
            LossKind.PARTITIONING_DROPPED);
  }

  @Test
  void levels_beyond_the_hundredth_are_kept_as_text_and_said() {
    DataType type = INT;
    for (int i = 0; i < 1000; i++) {
      type = DataType.struct(List.of(TypeField.of("f", type, true)), "s");
    }

    MappedTable mapped = map(Column.of("c", type, true));

    assertThat(mapped.columns().get(0).type())
        .hasSize(100 * "STRUCT<`f`: >".length() + 6)
        .contains("STRING");
    assertThat(kinds(mapped)).containsExactly(LossKind.TOO_DEEP);
  }

  @Test
  void names_that_need_column_mapping_are_told_even_when_nested() {
    DataType nested = DataType.struct(List.of(TypeField.of("a b", INT, true)), "s");
    TableMetadata table =
        Samples.table(Samples.name("s", "t"), Column.of("c", nested, true)).build();

    assertThat(DatabricksTypes.with(ColumnNaming.MAPPED).map(table).columnMapping()).isTrue();
    assertThat(TYPES.map(table).columnMapping()).isFalse();
  }

  private static DataType plain(TypeKind kind, String nativeType) {
    return DataType.of(kind, nativeType);
  }

  private static MappedTable map(Column... columns) {
    return TYPES.map(Samples.table(Samples.name("s", "t"), columns).build());
  }

  private static Set<LossKind> kinds(MappedTable mapped) {
    return mapped.losses().stream().map(TypeLoss::kind).collect(Collectors.toSet());
  }
}
