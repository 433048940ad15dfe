package dev.connections.filesystem.internal.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.DataType;
import dev.connections.api.RowCount;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrcSchemaReaderTest {
  private static final int MB = 1024 * 1024;

  /** Limits that tests reach soon: a megabyte of everything. */
  private static final ReadLimits SMALL =
      new ReadLimits(MB, MB, MB, 4, 1_000, MB, 20_000, 500, MB, MB, MB);

  @Test
  void columns_and_the_exact_number_of_rows_come_from_the_footer() throws IOException {
    InferredSchema schema = read(OrcFiles.ofColumns(42, "id", "größe"));

    assertThat(schema.columns()).extracting(Column::name).containsExactly("id", "größe");
    assertThat(schema.columns()).allMatch(c -> c.type().kind() == TypeKind.BIGINT && c.nullable());
    assertThat(schema.rows()).contains(RowCount.exactly(42));
    assertThat(schema.properties()).containsEntry("metadata", "origin");
    assertThat(schema.inference().confidence()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {OrcFiles.NONE, OrcFiles.ZLIB, OrcFiles.SNAPPY, OrcFiles.ZSTD})
  void a_footer_is_read_however_it_is_compressed(int compression) throws IOException {
    byte[] file =
        new OrcFiles()
            .compressed(compression)
            .type(OrcFiles.STRUCT, new int[] {1}, "only")
            .type(OrcFiles.STRING, new int[0])
            .build();

    assertThat(read(file).columns()).extracting(Column::name).containsExactly("only");
  }

  @Test
  void nested_types_become_structures_arrays_and_maps() throws IOException {
    byte[] file =
        new OrcFiles()
            .type(
                OrcFiles.STRUCT, new int[] {1, 3, 6, 8, 9}, "list", "map", "union", "price", "code")
            .type(OrcFiles.LIST, new int[] {2})
            .type(OrcFiles.LONG, new int[0])
            .type(OrcFiles.MAP, new int[] {4, 5})
            .type(OrcFiles.STRING, new int[0])
            .type(OrcFiles.LONG, new int[0])
            .type(OrcFiles.UNION, new int[] {7})
            .type(OrcFiles.LONG, new int[0])
            .type(OrcFiles.DECIMAL, 0, 12, 2, new int[0])
            .type(OrcFiles.VARCHAR, 40, 0, 0, new int[0])
            .build();

    InferredSchema schema = read(file);

    assertThat(schema.columns().get(0).type().kind()).isEqualTo(TypeKind.ARRAY);
    assertThat(schema.columns().get(1).type().kind()).isEqualTo(TypeKind.MAP);
    assertThat(schema.columns().get(2).type().children())
        .extracting(TypeField::name)
        .containsExactly("member0");
    assertThat(schema.columns().get(3).type()).isEqualTo(DataType.decimal(12, 2, "decimal(12,2)"));
    assertThat(schema.columns().get(4).type().length()).hasValue(40);
  }

  @Test
  void a_file_of_the_first_writers_has_the_magic_word_at_its_start_only() throws IOException {
    byte[] file = new OrcFiles().withoutMagic().type(OrcFiles.LONG, new int[0]).build();
    assertThat(read(file).columns()).extracting(Column::name).containsExactly(DataType.VALUE);

    file[0] = 'X';
    assertMalformed(file, "doesn't end as one does");
  }

  @Test
  void encrypted_columns_are_shown_and_told() throws IOException {
    byte[] file = new OrcFiles().encrypted().type(OrcFiles.LONG, new int[0]).build();

    assertThat(read(file).warnings()).anyMatch(w -> w.message().contains("encrypted"));
  }

  @Test
  void a_type_that_contains_itself_is_refused() {
    assertMalformed(
        new OrcFiles().type(OrcFiles.LIST, new int[] {0}).build(), "a part that isn't there");
    assertMalformed(
        new OrcFiles()
            .type(OrcFiles.STRUCT, new int[] {1, 1}, "a", "b")
            .type(OrcFiles.LONG, new int[0])
            .build(),
        "a part that isn't there");
  }

  @Test
  void impossible_schemas_are_refused_with_the_reason() {
    assertMalformed(new OrcFiles().build(), "has no schema");
    assertMalformed(new OrcFiles().rows(-1).type(4, new int[0]).build(), "negative number of rows");
    assertMalformed(new OrcFiles().type(OrcFiles.LIST, new int[0]).build(), "number of parts");
    assertMalformed(
        new OrcFiles().type(OrcFiles.DECIMAL, 0, 77, 2, new int[0]).build(), "precision or scale");
    assertMalformed(
        new OrcFiles().type(OrcFiles.STRUCT, new int[] {1}).type(OrcFiles.LONG, new int[0]).build(),
        "a part without a name");
  }

  @Test
  void a_block_that_unfolds_to_more_than_it_says_is_refused() {
    byte[] file =
        new OrcFiles()
            .compressed(OrcFiles.ZLIB)
            .blockSize(10)
            .type(OrcFiles.STRUCT, new int[] {1}, "x".repeat(1_000))
            .type(OrcFiles.LONG, new int[0])
            .build();

    assertMalformed(file, "unfolds to more than it says");
  }

  @Test
  void a_footer_whose_chunks_unfold_to_more_than_the_limit_together_is_refused() {
    int types = 600; // one chunk of them is far below a megabyte
    OrcFiles file = new OrcFiles().compressed(OrcFiles.ZLIB).chunks(200);
    for (int i = 0; i < types; i++) {
      file.type(OrcFiles.LONG, new int[0]);
    }

    assertThatThrownBy(() -> read(BytesContent.of(file.build()), SMALL, TestOperation.start()))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.failure().code()).isEqualTo(StandardErrorCode.TOO_LARGE));
  }

  @Test
  void a_cancelled_operation_ends_between_the_chunks_of_a_footer() {
    TestOperation operation = TestOperation.start();
    byte[] file =
        new OrcFiles().compressed(OrcFiles.ZLIB).chunks(3).type(OrcFiles.LONG, new int[0]).build();
    BytesContent content = BytesContent.of(file).onRead(operation::cancel);

    assertThatThrownBy(() -> read(content, ReadLimits.DEFAULT, operation))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.failure().code()).isEqualTo(StandardErrorCode.CANCELLED));
  }

  @Test
  void a_file_cut_at_any_byte_is_a_typed_failure() {
    byte[] file = OrcFiles.ofColumns(3, "id", "name");
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(cut))
          .as("%d bytes", length)
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.failure().code()).isEqualTo(StandardErrorCode.MALFORMED_DATA));
    }
  }

  @Test
  void damaged_bytes_give_a_schema_or_a_typed_failure() throws IOException {
    Random random = new Random(7);
    byte[] file =
        new OrcFiles()
            .compressed(OrcFiles.SNAPPY)
            .type(OrcFiles.STRUCT, new int[] {1, 2}, "a", "b")
            .type(OrcFiles.LONG, new int[0])
            .type(OrcFiles.STRING, new int[0])
            .build();
    for (int round = 0; round < 5_000; round++) {
      byte[] damaged = file.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        read(damaged);
      } catch (ConnectionException e) {
        assertThat(e.failure().code())
            .isIn(
                StandardErrorCode.MALFORMED_DATA,
                StandardErrorCode.TOO_LARGE,
                StandardErrorCode.UNSUPPORTED);
      }
    }
  }

  private static void assertMalformed(byte[] file, String reason) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(StandardErrorCode.MALFORMED_DATA);
              assertThat(e.failure().message()).contains(reason);
            });
  }

  private static InferredSchema read(byte[] file) throws IOException {
    return read(BytesContent.of(file), ReadLimits.DEFAULT, TestOperation.start());
  }

  private static InferredSchema read(
      BytesContent content, ReadLimits limits, TestOperation operation) throws IOException {
    return new OrcSchemaReader().read(content, limits, operation);
  }
}
