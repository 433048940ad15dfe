package dev.connections.filesystem.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.ReadLimits;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetStringsTest {
  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "GZIP", "SNAPPY"})
  void texts_of_a_column_are_read_without_those_that_are_absent(CompressionCodec codec)
      throws IOException, Defect {
    CheckpointFiles file = CheckpointFiles.of(1_000, "one", "zwei", "три").compressed(codec);

    assertThat(texts(file.build())).containsExactly("one", "zwei", "три");
    assertThat(texts(file.ofSecondVersion().build())).containsExactly("one", "zwei", "три");
    assertThat(texts(file.withDictionary().build())).containsExactly("one", "zwei", "три");
  }

  @Test
  void a_dictionary_works_in_the_first_version_of_pages_too() throws IOException, Defect {
    assertThat(texts(CheckpointFiles.of(3, "a", "b").withDictionary().build()))
        .containsExactly("a", "b");
  }

  @Test
  void a_column_that_is_not_there_has_no_texts() throws IOException, Defect {
    byte[] file = CheckpointFiles.of(3, "a").build();

    assertThat(
            ParquetStrings.of(BytesContent.of(file), ReadLimits.DEFAULT).below("metaData", "name"))
        .isEmpty();
  }

  @Test
  void a_damaged_column_is_a_defect_and_never_another_exception() {
    Random random = new Random(11);
    CheckpointFiles[] files = {
      CheckpointFiles.of(50, "one", "two").compressed(CompressionCodec.SNAPPY),
      CheckpointFiles.of(50, "one", "two").withDictionary(),
      CheckpointFiles.of(50, "one", "two").ofSecondVersion()
    };
    int refused = 0;
    for (int round = 0; round < 6_000; round++) {
      byte[] file = files[round % files.length].build();
      for (int i = 0; i <= random.nextInt(3); i++) {
        file[4 + random.nextInt(file.length - 12)] = (byte) random.nextInt(256);
      }
      try {
        texts(file);
      } catch (Defect | ConnectionException e) {
        refused++;
      } catch (IOException e) {
        throw new AssertionError("bytes in memory can always be read", e);
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  @Test
  void a_page_that_claims_billions_of_values_takes_no_memory() throws IOException, Defect {
    // The second version says how many are absent, so that nothing need be counted.
    assertThat(texts(CheckpointFiles.of(Integer.MAX_VALUE - 8, "a").ofSecondVersion().build()))
        .containsExactly("a");
    for (CheckpointFiles file :
        List.of(
            CheckpointFiles.of(Integer.MAX_VALUE - 8, "a"),
            CheckpointFiles.of(Integer.MAX_VALUE - 8, "a").withDictionary())) {
      byte[] bytes = file.build();
      assertThat(bytes.length).isLessThan(1_000);
      assertThatThrownBy(() -> texts(bytes)).isInstanceOf(Defect.class);
    }
  }

  @Test
  void more_texts_or_bytes_than_any_table_has_are_refused() {
    String[] many = new String[1_000_001];
    Arrays.fill(many, "a");
    byte[] texts = CheckpointFiles.of(many.length, many).build();
    assertThatThrownBy(() -> texts(texts)).hasMessageContaining("more than 1000000 texts");

    byte[] large =
        CheckpointFiles.of(1, " ".repeat(65 * 1024 * 1024))
            .compressed(CompressionCodec.GZIP)
            .build();
    assertThat(large.length).isLessThan(1_000_000);
    assertThatThrownBy(() -> texts(large)).hasMessageContaining("more than 64 MB");
  }

  @Test
  void a_file_cut_in_its_column_is_a_defect() {
    byte[] file = CheckpointFiles.of(3, "a".repeat(500)).build();
    byte[] shorter = new byte[file.length - 300];
    System.arraycopy(file, 0, shorter, 0, 100);
    System.arraycopy(file, 400, shorter, 100, file.length - 400);

    assertThatThrownBy(() -> texts(shorter)).isInstanceOf(Defect.class);
  }

  private static List<String> texts(byte[] file) throws IOException, Defect {
    return ParquetStrings.of(BytesContent.of(file), ReadLimits.DEFAULT)
        .below("metaData", "schemaString");
  }
}
