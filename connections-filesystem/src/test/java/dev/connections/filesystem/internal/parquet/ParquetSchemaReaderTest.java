package dev.connections.filesystem.internal.parquet;

import static dev.connections.filesystem.internal.parquet.ParquetFiles.column;
import static dev.connections.filesystem.internal.parquet.ParquetFiles.converted;
import static dev.connections.filesystem.internal.parquet.ParquetFiles.file;
import static dev.connections.filesystem.internal.parquet.ParquetFiles.fixed;
import static dev.connections.filesystem.internal.parquet.ParquetFiles.group;
import static dev.connections.filesystem.internal.parquet.ParquetFiles.logical;
import static dev.connections.filesystem.internal.parquet.ParquetFiles.root;
import static org.apache.parquet.format.FieldRepetitionType.OPTIONAL;
import static org.apache.parquet.format.FieldRepetitionType.REPEATED;
import static org.apache.parquet.format.FieldRepetitionType.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.DataType;
import dev.connections.api.ErrorCode;
import dev.connections.api.RowCount;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.GeographyType;
import org.apache.parquet.format.GeometryType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.LogicalTypes;
import org.apache.parquet.format.MapType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParquetSchemaReaderTest {
  private static final TimeUnit MILLIS = TimeUnit.MILLIS(new MilliSeconds());
  private static final TimeUnit MICROS = TimeUnit.MICROS(new MicroSeconds());
  private static final TimeUnit NANOS = TimeUnit.NANOS(new NanoSeconds());

  static Stream<Arguments> leaves() {
    return Stream.of(
        leaf(column("c", Type.BOOLEAN), TypeKind.BOOLEAN),
        leaf(column("c", Type.INT32), TypeKind.INTEGER),
        leaf(column("c", Type.INT64), TypeKind.BIGINT),
        leaf(column("c", Type.INT96), TypeKind.TIMESTAMP),
        leaf(column("c", Type.FLOAT), TypeKind.FLOAT),
        leaf(column("c", Type.DOUBLE), TypeKind.DOUBLE),
        leaf(column("c", Type.BYTE_ARRAY), TypeKind.BINARY),
        leaf(fixed("c", 7), TypeKind.BINARY),
        leaf(converted("c", Type.BYTE_ARRAY, ConvertedType.UTF8), TypeKind.STRING),
        leaf(converted("c", Type.BYTE_ARRAY, ConvertedType.ENUM), TypeKind.STRING),
        leaf(converted("c", Type.BYTE_ARRAY, ConvertedType.JSON), TypeKind.JSON),
        leaf(converted("c", Type.BYTE_ARRAY, ConvertedType.BSON), TypeKind.BINARY),
        leaf(converted("c", Type.INT32, ConvertedType.DATE), TypeKind.DATE),
        leaf(converted("c", Type.INT32, ConvertedType.TIME_MILLIS), TypeKind.TIME),
        leaf(converted("c", Type.INT64, ConvertedType.TIME_MICROS), TypeKind.TIME),
        leaf(converted("c", Type.INT64, ConvertedType.TIMESTAMP_MILLIS), TypeKind.TIMESTAMP),
        leaf(converted("c", Type.INT64, ConvertedType.TIMESTAMP_MICROS), TypeKind.TIMESTAMP),
        leaf(converted("c", Type.INT32, ConvertedType.INT_8), TypeKind.TINYINT),
        leaf(converted("c", Type.INT32, ConvertedType.INT_16), TypeKind.SMALLINT),
        leaf(converted("c", Type.INT32, ConvertedType.INT_32), TypeKind.INTEGER),
        leaf(converted("c", Type.INT64, ConvertedType.INT_64), TypeKind.BIGINT),
        leaf(converted("c", Type.INT32, ConvertedType.UINT_8), TypeKind.SMALLINT),
        leaf(converted("c", Type.INT32, ConvertedType.UINT_16), TypeKind.INTEGER),
        leaf(converted("c", Type.INT32, ConvertedType.UINT_32), TypeKind.BIGINT),
        leaf(converted("c", Type.INT64, ConvertedType.UINT_64), TypeKind.DECIMAL),
        leaf(fixed("c", 12).setConverted_type(ConvertedType.INTERVAL), TypeKind.INTERVAL),
        leaf(
            converted("c", Type.INT64, ConvertedType.DECIMAL).setPrecision(18).setScale(4),
            TypeKind.DECIMAL),
        leaf(logical(column("c", Type.BYTE_ARRAY), LogicalTypes.UTF8), TypeKind.STRING),
        leaf(logical(column("c", Type.BYTE_ARRAY), LogicalTypes.ENUM), TypeKind.STRING),
        leaf(logical(column("c", Type.BYTE_ARRAY), LogicalTypes.JSON), TypeKind.JSON),
        leaf(logical(column("c", Type.BYTE_ARRAY), LogicalTypes.BSON), TypeKind.BINARY),
        leaf(logical(column("c", Type.INT32), LogicalTypes.DATE), TypeKind.DATE),
        leaf(logical(column("c", Type.INT32), LogicalTypes.UNKNOWN), TypeKind.INTEGER),
        leaf(logical(column("c", Type.INT32), LogicalTypes.DECIMAL(2, 9)), TypeKind.DECIMAL),
        leaf(logical(fixed("c", 16), LogicalTypes.DECIMAL(10, 38)), TypeKind.DECIMAL),
        leaf(logical(fixed("c", 16), LogicalTypes.UUID), TypeKind.UUID),
        leaf(logical(fixed("c", 2), LogicalTypes.FLOAT16), TypeKind.FLOAT),
        leaf(logical(column("c", Type.INT32), time(MILLIS)), TypeKind.TIME),
        leaf(logical(column("c", Type.INT64), time(NANOS)), TypeKind.TIME),
        leaf(logical(column("c", Type.INT64), timestamp(true, MICROS)), TypeKind.TIMESTAMP),
        leaf(logical(column("c", Type.INT64), timestamp(false, NANOS)), TypeKind.TIMESTAMP_NTZ),
        leaf(logical(column("c", Type.INT32), integer(8, true)), TypeKind.TINYINT),
        leaf(logical(column("c", Type.INT32), integer(16, false)), TypeKind.INTEGER),
        leaf(logical(column("c", Type.INT32), integer(32, false)), TypeKind.BIGINT),
        leaf(logical(column("c", Type.INT64), integer(64, true)), TypeKind.BIGINT),
        leaf(logical(column("c", Type.INT64), integer(64, false)), TypeKind.DECIMAL),
        leaf(
            logical(column("c", Type.BYTE_ARRAY), LogicalType.GEOMETRY(new GeometryType())),
            TypeKind.GEOMETRY),
        leaf(
            logical(
                column("c", Type.BYTE_ARRAY),
                LogicalType.GEOGRAPHY(new GeographyType().setCrs("srid:4326"))),
            TypeKind.GEOMETRY));
  }

  private static Arguments leaf(SchemaElement element, TypeKind kind) {
    return Arguments.of(element, kind);
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void physical_and_logical_types_have_a_neutral_kind(SchemaElement element, TypeKind kind) {
    DataType type = only(element);

    assertThat(type.kind()).isEqualTo(kind);
    assertThat(type.nativeType()).startsWith(element.getType().name());
  }

  @Test
  void precision_and_scale_are_those_of_the_file() {
    assertThat(only(logical(column("c", Type.INT64), timestamp(true, NANOS))).precision())
        .hasValue(9);
    assertThat(only(logical(column("c", Type.INT32), LogicalTypes.DECIMAL(2, 9))))
        .isEqualTo(DataType.decimal(9, 2, "INT32 (DECIMAL(9, 2))"));
    assertThat(only(converted("c", Type.INT64, ConvertedType.UINT_64)).precision()).hasValue(20);
    assertThat(only(fixed("c", 7)).length()).hasValue(7);
    assertThat(
            only(logical(
                    column("c", Type.BYTE_ARRAY),
                    LogicalType.GEOMETRY(
                        new GeometryType().setCrs("{\"type\": \"x\"}".repeat(50)))))
                .nativeType())
        .hasSizeLessThan(120);
  }

  static Stream<SchemaElement> impossible() {
    return Stream.of(
        converted("c", Type.INT32, ConvertedType.UTF8),
        converted("c", Type.BYTE_ARRAY, ConvertedType.DATE),
        converted("c", Type.INT32, ConvertedType.TIMESTAMP_MILLIS),
        converted("c", Type.INT64, ConvertedType.INT_8),
        converted("c", Type.INT32, ConvertedType.UINT_64),
        converted("c", Type.DOUBLE, ConvertedType.DECIMAL).setPrecision(3),
        converted("c", Type.INT32, ConvertedType.DECIMAL).setPrecision(10),
        converted("c", Type.INT32, ConvertedType.DECIMAL).setPrecision(3).setScale(4),
        converted("c", Type.INT32, ConvertedType.DECIMAL),
        converted("c", Type.INT32, ConvertedType.LIST),
        fixed("c", 11).setConverted_type(ConvertedType.INTERVAL),
        fixed("c", 0),
        logical(fixed("c", 15), LogicalTypes.UUID),
        logical(column("c", Type.FLOAT), LogicalTypes.FLOAT16),
        logical(column("c", Type.INT64), time(MILLIS)),
        logical(column("c", Type.INT32), timestamp(true, MICROS)),
        logical(column("c", Type.INT32), integer(7, true)),
        logical(column("c", Type.INT32), LogicalType.LIST(new ListType())));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void a_logical_type_that_its_column_cannot_hold_is_refused(SchemaElement element) {
    assertRefused(file(1, root(1), element), StandardErrorCode.MALFORMED_DATA, "a column");
  }

  @Test
  void rows_columns_and_properties_come_from_the_footer() {
    FileMetaData metadata =
        new FileMetaData(
            1,
            List.of(
                root(2),
                column("a", Type.INT32),
                column("b", Type.INT64).setRepetition_type(OPTIONAL)),
            1_234,
            List.of());
    metadata.setCreated_by("a test");
    metadata.setKey_value_metadata(
        List.of(new KeyValue("pandas").setValue("x".repeat(10_000)), new KeyValue("geo")));

    InferredSchema schema = read(file(metadata, "PAR1"));

    assertThat(schema.rows()).contains(RowCount.exactly(1_234));
    assertThat(schema.columns())
        .extracting(c -> c.name() + c.nullable())
        .containsExactly("afalse", "btrue");
    assertThat(schema.properties())
        .containsEntry("created_by", "a test")
        .containsEntry("key_value_metadata", "geo, pandas")
        .hasSize(2);
    assertThat(schema.inference().format()).isEqualTo("parquet");
  }

  @Test
  void the_shapes_of_lists_that_older_writers_made_are_understood() {
    SchemaElement list = group("l", OPTIONAL, 1).setConverted_type(ConvertedType.LIST);
    SchemaElement item = column("element", Type.INT32).setRepetition_type(OPTIONAL);

    assertArray(only(list, group("list", REPEATED, 1), item), TypeKind.INTEGER, true);
    assertArray(
        only(list, column("item", Type.INT32).setRepetition_type(REPEATED)),
        TypeKind.INTEGER,
        false);
    assertArray(only(list, group("array", REPEATED, 1), item), TypeKind.STRUCT, false);
    assertArray(only(list, group("l_tuple", REPEATED, 1), item), TypeKind.STRUCT, false);
    assertArray(
        only(list, group("list", REPEATED, 2), item, column("x", Type.INT32)),
        TypeKind.STRUCT,
        false);
    assertArray(
        only(column("c", Type.INT32).setRepetition_type(REPEATED)), TypeKind.INTEGER, false);
    assertArray(
        only(
            logical(group("l", OPTIONAL, 1), LogicalType.LIST(new ListType())),
            group("list", REPEATED, 1),
            item),
        TypeKind.INTEGER,
        true);
  }

  @Test
  void maps_sets_and_structures_are_nested_types() {
    SchemaElement map = group("m", OPTIONAL, 1).setConverted_type(ConvertedType.MAP);
    SchemaElement pair =
        group("key_value", REPEATED, 2).setConverted_type(ConvertedType.MAP_KEY_VALUE);
    SchemaElement key = column("key", Type.INT32);
    SchemaElement value = column("value", Type.DOUBLE).setRepetition_type(OPTIONAL);

    DataType type = only(map, pair, key, value);
    assertThat(type.kind()).isEqualTo(TypeKind.MAP);
    assertThat(type.children().get(1).nullable()).isTrue();
    assertThat(
            only(logical(group("m", OPTIONAL, 1), LogicalType.MAP(new MapType())), pair, key, value)
                .kind())
        .isEqualTo(TypeKind.MAP);
    assertArray(only(map, group("key_value", REPEATED, 1), key), TypeKind.INTEGER, false);
    assertThat(only(group("s", REQUIRED, 2), key, value).children()).hasSize(2);
    assertThat(only(logical(group("v", OPTIONAL, 1), LogicalTypes.VARIANT((byte) 1)), key).kind())
        .isEqualTo(TypeKind.VARIANT);
  }

  @ParameterizedTest
  @EnumSource(
      value = ConvertedType.class,
      names = {"LIST", "MAP"})
  void a_group_without_the_shape_it_claims_is_a_structure_with_a_warning(ConvertedType type) {
    InferredSchema schema =
        read(
            file(
                1,
                root(1),
                group("g", OPTIONAL, 1).setConverted_type(type),
                column("c", Type.INT32)));

    assertThat(schema.columns().get(0).type().kind()).isEqualTo(TypeKind.STRUCT);
    assertThat(schema.warnings()).hasSize(1);
    assertThat(schema.warnings().get(0).column()).contains("g");
  }

  @Test
  void a_schema_that_is_no_tree_is_refused_with_the_reason() {
    SchemaElement c = column("c", Type.INT32);
    assertMalformed(file(1, root(2), c), "more children than there are");
    assertMalformed(file(1, root(1), c, column("d", Type.INT32)), "belong to no group");
    assertMalformed(file(1, root(-1), c), "negative number of children");
    assertMalformed(file(1, c), "root");
    assertMalformed(file(1), "no elements");
    assertMalformed(file(-1, root(1), c), "negative number of rows");
    assertMalformed(
        file(1, root(1), new SchemaElement("x").setRepetition_type(REQUIRED)), "either");
    assertMalformed(
        file(1, root(1), new SchemaElement("x").setType(Type.INT32)), "neither required");
    assertMalformed(
        file(1, root(1), column("x", Type.INT32).setNum_children(1), c),
        "either a column or a group");
    assertMalformed(
        file(1, root(1), group("g", OPTIONAL, 1).setConverted_type(ConvertedType.UTF8), c),
        "only a column can be");
    List<SchemaElement> deep = new ArrayList<>(List.of(root(1)));
    for (int i = 0; i < 5_000; i++) {
      deep.add(group("g", OPTIONAL, 1));
    }
    deep.add(c);
    assertMalformed(file(1, deep), "levels deep");
  }

  @Test
  void too_many_columns_and_too_long_footers_are_refused() {
    List<SchemaElement> wide = new ArrayList<>(List.of(root(20_001)));
    for (int i = 0; i < 20_001; i++) {
      wide.add(column("c" + i, Type.INT32));
    }
    assertRefused(file(1, wide), StandardErrorCode.TOO_LARGE, "20000");
    ReadLimits tight = new ReadLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 10);
    assertThatThrownBy(() -> read(ParquetFiles.ofColumns(1, Type.INT32, "a"), tight))
        .hasMessageContaining("TOO_LARGE");
  }

  @Test
  void a_footer_longer_than_the_first_read_is_read_whole() {
    String[] names = new String[5_000];
    Arrays.setAll(names, i -> "a_rather_long_name_of_a_column_" + i);
    byte[] file = ParquetFiles.ofColumns(3, Type.INT64, names);

    assertThat(file.length).isGreaterThan(128 * 1024);
    assertThat(read(file).columns()).hasSize(5_000);
  }

  @Test
  void files_that_are_cut_off_empty_encrypted_or_lie_about_their_footer_are_named()
      throws IOException {
    byte[] whole = ParquetFiles.ofColumns(1, Type.INT32, "a");
    assertMalformed(new byte[0], "fewer than any has");
    assertMalformed(Arrays.copyOf(whole, whole.length - 1), "doesn't end as one does");
    assertMalformed(ParquetFiles.around(new byte[4], 1_000, "PAR1"), "longer than the file");
    assertMalformed(ParquetFiles.around(new byte[4], -4, "PAR1"), "longer than the file");
    assertMalformed(ParquetFiles.around(new byte[20], 20, "PAR1"), "no schema");
    byte[] noise = new byte[500];
    new Random(42).nextBytes(noise);
    assertMalformed(ParquetFiles.around(noise, 500, "PAR1"), "its footer is damaged");
    assertRefused(
        ParquetFiles.around(new byte[40], 40, "PARE"),
        StandardErrorCode.UNSUPPORTED,
        "encrypted footer");
  }

  @Test
  void several_columns_of_one_name_are_warned_of() {
    assertThat(read(ParquetFiles.ofColumns(1, Type.INT32, "a", "a")).warnings()).hasSize(1);
  }

  @Test
  void a_damaged_footer_ends_in_a_schema_or_a_typed_failure() {
    byte[] whole =
        file(
            5,
            root(3),
            logical(column("a", Type.INT64), timestamp(true, MICROS)),
            logical(column("b", Type.BYTE_ARRAY), LogicalTypes.UTF8),
            column("c", Type.INT32));
    Random random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = whole.clone();
      for (int n = 0; n < 3; n++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(read(damaged).columns()).isNotNull();
      } catch (ConnectionException e) {
        assertThat(e.failure().code())
            .isIn(
                StandardErrorCode.MALFORMED_DATA,
                StandardErrorCode.TOO_LARGE,
                StandardErrorCode.UNSUPPORTED);
      }
    }
  }

  private static LogicalType time(TimeUnit unit) {
    return LogicalType.TIME(new TimeType(true, unit));
  }

  private static LogicalType timestamp(boolean utc, TimeUnit unit) {
    return LogicalType.TIMESTAMP(new TimestampType(utc, unit));
  }

  private static LogicalType integer(int bits, boolean signed) {
    return LogicalType.INTEGER(new IntType((byte) bits, signed));
  }

  private static void assertArray(DataType type, TypeKind element, boolean nullable) {
    assertThat(type.kind()).isEqualTo(TypeKind.ARRAY);
    assertThat(type.children().get(0).type().kind()).isEqualTo(element);
    assertThat(type.children().get(0).nullable()).isEqualTo(nullable);
  }

  private static void assertMalformed(byte[] file, String reason) {
    assertRefused(file, StandardErrorCode.MALFORMED_DATA, reason);
  }

  private static void assertRefused(byte[] file, ErrorCode code, String reason) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.failure().message()).contains("'folder/some.csv'").contains(reason);
              assertThat(e.failure().remedy()).isPresent();
            });
  }

  private static DataType only(SchemaElement... elements) {
    List<SchemaElement> all = new ArrayList<>(List.of(root(1)));
    all.addAll(List.of(elements));
    InferredSchema schema = read(file(1, all));
    assertThat(schema.columns()).hasSize(1);
    return schema.columns().get(0).type();
  }

  private static InferredSchema read(byte[] file) {
    return read(file, ReadLimits.DEFAULT);
  }

  private static InferredSchema read(byte[] file, ReadLimits limits) {
    try {
      return new ParquetSchemaReader().read(BytesContent.of(file), limits, TestOperation.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
