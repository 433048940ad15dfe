package dev.connections.filesystem.internal.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.DataType;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSchemaReaderTest {
  @Test
  void fields_of_a_record_are_columns_with_their_docs_aliases_and_defaults() {
    InferredSchema schema =
        read(
            """
            {"type":"record","name":"Order","namespace":"shop","doc":"An order.","fields":[
              {"name":"id","type":"long","doc":"Its number."},
              {"name":"note","type":["null","string"],"default":null,"aliases":["remark"]},
              {"name":"state","type":{"type":"enum","name":"State","symbols":["NEW"]},"default":"NEW"},
              {"name":"pieces","type":"int","default":1},
              {"name":"paid","type":"boolean","default":false}]}
            """);

    assertThat(schema.description()).contains("An order.");
    assertThat(schema.columns())
        .extracting(Column::name)
        .containsExactly("id", "note", "state", "pieces", "paid");
    assertThat(schema.columns())
        .extracting(Column::nullable)
        .containsExactly(false, true, false, false, false);
    assertThat(column(schema, 0).description()).contains("Its number.");
    assertThat(column(schema, 1).description()).contains("Also named remark.");
    assertThat(column(schema, 2).type()).isEqualTo(DataType.of(TypeKind.STRING, "enum shop.State"));
    assertThat(column(schema, 2).defaultExpression()).contains("'NEW'");
    assertThat(column(schema, 3).defaultExpression()).contains("1");
    assertThat(column(schema, 4).defaultExpression()).contains("false");
    assertThat(schema.properties())
        .containsEntry("codec", "null")
        .containsEntry("schema", "record shop.Order");
    assertThat(schema.inference().confidence()).isEqualTo(1);
    assertThat(schema.rows()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "int, date, DATE, -1",
    "int, time-millis, TIME, 3",
    "long, time-micros, TIME, 6",
    "long, timestamp-millis, TIMESTAMP, 3",
    "long, timestamp-micros, TIMESTAMP, 6",
    "long, timestamp-nanos, TIMESTAMP, 9",
    "long, local-timestamp-millis, TIMESTAMP_NTZ, 3",
    "long, local-timestamp-micros, TIMESTAMP_NTZ, 6",
    "long, local-timestamp-nanos, TIMESTAMP_NTZ, 9",
    "string, uuid, UUID, -1",
    "string, date, STRING, -1",
    "long, something-new, BIGINT, -1",
    "bytes, decimal, BINARY, -1"
  })
  void logical_types_count_where_the_type_beneath_can_hold_them(
      String type, String logical, TypeKind kind, int precision) {
    DataType found =
        only("{\"type\":\"%s\",\"logicalType\":\"%s\"}".formatted(type, logical)).type();

    assertThat(found.kind()).isEqualTo(kind);
    assertThat(found.precision().orElse(-1)).isEqualTo(precision);
  }

  @Test
  void decimals_durations_and_uuids_stand_on_fixed_types_of_the_right_size() {
    assertThat(
            only("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":10,\"scale\":2}")
                .type())
        .isEqualTo(DataType.decimal(10, 2, "bytes (decimal(10, 2))"));
    assertThat(fixed(16, "\"logicalType\":\"uuid\"").kind()).isEqualTo(TypeKind.UUID);
    assertThat(fixed(12, "\"logicalType\":\"duration\"").kind()).isEqualTo(TypeKind.INTERVAL);
    assertThat(fixed(11, "\"logicalType\":\"duration\"").kind()).isEqualTo(TypeKind.BINARY);
    assertThat(fixed(8, "\"logicalType\":\"decimal\",\"precision\":18").kind())
        .isEqualTo(TypeKind.DECIMAL);
    assertThat(fixed(8, "\"logicalType\":\"decimal\",\"precision\":19").kind())
        .isEqualTo(TypeKind.BINARY);
    assertThat(fixed(5, "\"doc\":\"x\"").length()).hasValue(5);
  }

  @Test
  void unions_are_a_nullable_type_a_wider_number_or_a_structure_of_members() {
    assertThat(only("[\"null\",\"int\"]"))
        .isEqualTo(Column.of("value", DataType.of(TypeKind.INTEGER, "int"), true));
    assertThat(only("[\"int\"]").nullable()).isFalse();
    assertThat(only("[\"int\",\"long\"]").type().kind()).isEqualTo(TypeKind.BIGINT);
    assertThat(only("[\"float\",\"null\",\"double\"]").type().kind()).isEqualTo(TypeKind.DOUBLE);
    assertThat(only("[\"null\"]").nullable()).isTrue();
    Column both = only("[\"null\",\"int\",\"string\"]");
    assertThat(both.nullable()).isTrue();
    assertThat(both.type().children())
        .extracting(part -> part.name() + part.type().kind())
        .containsExactly("member0INTEGER", "member1STRING");
  }

  @Test
  void arrays_maps_and_records_are_nested_types() {
    DataType type =
        only("{\"type\":\"array\",\"items\":{\"type\":\"map\",\"values\":[\"null\",\"long\"]}}")
            .type();

    assertThat(type.kind()).isEqualTo(TypeKind.ARRAY);
    DataType map = type.children().get(0).type();
    assertThat(map.kind()).isEqualTo(TypeKind.MAP);
    assertThat(map.children().get(1).nullable()).isTrue();
    assertThat(map.children().get(1).type().kind()).isEqualTo(TypeKind.BIGINT);
  }

  @Test
  void a_name_stands_for_its_type_in_its_namespace() {
    InferredSchema schema =
        read(
            """
            {"type":"record","name":"a.b.R","fields":[
              {"name":"x","type":{"type":"fixed","name":"Key","size":4}},
              {"name":"y","type":"Key"},
              {"name":"z","type":"a.b.Key"}]}
            """);

    assertThat(schema.columns())
        .extracting(c -> c.type().nativeType())
        .containsOnly("fixed(4) a.b.Key");
  }

  @Test
  void a_type_within_itself_is_a_value_of_any_shape_and_warned_of() {
    InferredSchema schema =
        read(
            """
            {"type":"record","name":"Node","fields":[
              {"name":"next","type":["null","Node"]}, {"name":"other","type":["null","Node"]}]}
            """);

    assertThat(column(schema, 0).type().kind()).isEqualTo(TypeKind.VARIANT);
    assertThat(schema.warnings()).hasSize(1);
    assertThat(schema.inference().warnings()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"no.such.Type\"",
        "7",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"record\",\"name\":\"R\"}",
        "{\"type\":\"record\",\"fields\":[]}",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\"}]}",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"a\",\"type\":\"int\"}]}",
        "{\"type\":\"array\"}",
        "{\"type\":\"map\"}",
        "{\"type\":\"fixed\",\"name\":\"F\"}",
        "{\"type\":\"enum\",\"name\":\"\"}",
        "[{\"type\":\"enum\",\"name\":\"E\"},{\"type\":\"enum\",\"name\":\"E\"}]",
        "{\"type\":\"record\"",
        "",
        "\"int\" \"int\"",
        "[1,"
      })
  void a_broken_schema_is_refused_with_a_reason(String schema) {
    assertThatThrownBy(() -> read(schema))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.is(StandardErrorCode.MALFORMED_DATA)).isTrue();
              assertThat(e.failure().message())
                  .contains("'folder/some.csv'")
                  .contains("its schema");
              assertThat(e.failure().remedy()).isPresent();
            });
  }

  @Test
  void names_that_unfold_without_bound_are_refused() {
    StringBuilder schema = new StringBuilder("{\"type\":\"record\",\"name\":\"R\",\"fields\":[");
    schema.append("{\"name\":\"f0\",\"type\":{\"type\":\"record\",\"name\":\"T0\",\"fields\":[");
    schema.append("{\"name\":\"x\",\"type\":\"int\"}]}}");
    for (int i = 1; i < 60; i++) {
      schema.append(
          """
          ,{"name":"f%d","type":{"type":"record","name":"T%d","fields":[
          {"name":"x","type":"T%d"},{"name":"y","type":"T%d"}]}}
          """
              .formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> read(schema + "]}")).hasMessageContaining("parts");
  }

  @Test
  void a_schema_nested_a_hundred_thousand_deep_is_refused_without_a_crash() {
    String deep = "{\"type\":\"array\",\"items\":".repeat(100_000);
    assertThatThrownBy(() -> read(deep))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.is(StandardErrorCode.MALFORMED_DATA)).isTrue());
  }

  @Test
  void the_header_may_come_in_sized_blocks_and_hold_metadata_of_the_writer() {
    ByteArrayOutputStream out = AvroFiles.start();
    AvroFiles.number(out, -1);
    AvroFiles.number(out, 99);
    AvroFiles.text(out, "avro.schema");
    AvroFiles.text(out, "\"string\"");
    AvroFiles.number(out, 2);
    AvroFiles.text(out, "avro.codec");
    AvroFiles.text(out, "snappy");
    AvroFiles.text(out, "written.by");
    AvroFiles.text(out, "a test");
    AvroFiles.number(out, 0);

    InferredSchema schema = read(out.toByteArray());

    assertThat(schema.columns()).extracting(Column::name).containsExactly("value");
    assertThat(schema.properties())
        .containsEntry("codec", "snappy")
        .containsEntry("metadata", "written.by");
  }

  @Test
  void a_header_that_is_cut_off_lies_or_is_something_else_is_refused() {
    byte[] whole = AvroFiles.of("\"int\"");
    for (int length = 0; length < whole.length - 17; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("MALFORMED_DATA");
    }
    assertThatThrownBy(() -> read(AvroFiles.of(Map.of("avro.codec", "null"))))
        .hasMessageContaining("its header has no schema");
    assertThatThrownBy(() -> read("PAR1 and more".getBytes()))
        .hasMessageContaining("doesn't begin");
    for (long lie : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 1_000_000_000}) {
      ByteArrayOutputStream many = AvroFiles.start();
      AvroFiles.number(many, lie);
      AvroFiles.number(many, lie);
      assertThatThrownBy(() -> read(many.toByteArray())).isInstanceOf(ConnectionException.class);
      ByteArrayOutputStream longName = AvroFiles.start();
      AvroFiles.number(longName, 1);
      AvroFiles.number(longName, lie);
      assertThatThrownBy(() -> read(longName.toByteArray()))
          .isInstanceOf(ConnectionException.class);
    }
    byte[] endless = new byte[40];
    Arrays.fill(endless, (byte) 0xff);
    System.arraycopy(new byte[] {'O', 'b', 'j', 1}, 0, endless, 0, 4);
    assertThatThrownBy(() -> read(endless)).hasMessageContaining("without an end");
  }

  @Test
  void a_damaged_header_ends_in_a_schema_or_a_typed_failure() {
    byte[] whole =
        AvroFiles.of(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":[\"null\",\"long\"]}]}");
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
            .isIn(StandardErrorCode.MALFORMED_DATA, StandardErrorCode.TOO_LARGE);
      }
    }
  }

  private static DataType fixed(int size, String more) {
    return only("{\"type\":\"fixed\",\"name\":\"F\",\"size\":%d,%s}".formatted(size, more)).type();
  }

  private static Column only(String schema) {
    return column(read(schema), 0);
  }

  private static Column column(InferredSchema schema, int index) {
    return schema.columns().get(index);
  }

  private static InferredSchema read(String schema) {
    return read(AvroFiles.of(schema));
  }

  private static InferredSchema read(byte[] file) {
    try {
      return new AvroSchemaReader()
          .read(BytesContent.of(file), ReadLimits.DEFAULT, TestOperation.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
