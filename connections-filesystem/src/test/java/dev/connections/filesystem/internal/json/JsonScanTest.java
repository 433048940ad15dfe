package dev.connections.filesystem.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.Parallel;
import dev.connections.api.RowCount;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonScanTest {
  private static final int MB = 1024 * 1024;
  private static final Parallel PARALLEL = TestAdapterContext.create().parallel();
  private static final ReadLimits AT_ONCE =
      new ReadLimits(64 * MB, 64 * MB, MB, 4, 1_000, 16 * MB, 20_000, 500, MB, 64L * MB, MB);

  @Test
  void chunks_come_to_what_one_pass_finds() throws IOException {
    String text = lines(4 * MB, 3);
    BytesContent file = BytesContent.of(text);

    InferredSchema chunks = scan(file);
    InferredSchema atOnce = new NdjsonSchemaReader().read(file, AT_ONCE, TestOperation.start());

    assertThat(chunks.columns()).isEqualTo(atOnce.columns());
    assertThat(chunks.rows()).isEqualTo(atOnce.rows());
    assertThat(chunks.warnings()).isEqualTo(atOnce.warnings());
    assertThat(scan(file.streamed()).columns()).isEqualTo(atOnce.columns());
    assertThat(scan(BytesContent.of(text.getBytes(StandardCharsets.UTF_16LE))).columns())
        .isEqualTo(atOnce.columns());
  }

  @Test
  void a_field_that_appears_late_is_seen() throws IOException {
    String line = "{\"id\":1,\"text\":\"" + "x".repeat(80) + "\"}\n";
    String text =
        line.repeat(30_000) + "{\"id\":\"late\",\"new\":{\"a\":[1]}}\n" + line.repeat(30_000);

    InferredSchema schema = scan(BytesContent.of(text));

    assertThat(schema.columns()).extracting(Column::name).containsExactly("id", "text", "new");
    assertThat(schema.columns().get(0).type().kind()).isEqualTo(TypeKind.STRING);
    assertThat(schema.rows()).contains(RowCount.exactly(60_001));
  }

  @Test
  void a_line_longer_than_several_chunks_is_read() throws IOException {
    String small = "{\"id\":1}\n".repeat(100_000);
    String text = small + "{\"id\":2,\"big\":\"" + "y".repeat(5 * MB) + "\"}\n" + small;

    assertThat(scan(BytesContent.of(text)).rows()).contains(RowCount.exactly(200_001));
  }

  @Test
  void a_line_that_is_too_long_is_told_with_its_place() {
    String text = "{\"id\":1}\n".repeat(100_000) + "\"" + "z".repeat(17 * MB) + "\"\n";

    assertThatThrownBy(() -> scan(BytesContent.of(text)))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(StandardErrorCode.TOO_LARGE);
              assertThat(e.failure().message()).contains("at byte 900000");
            });
  }

  @Test
  void too_many_fields_over_all_chunks_are_refused() {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 250; line++) {
      text.append("{\"id\":").append(line);
      for (int i = 0; i < 100; i++) {
        text.append(",\"f")
            .append(line * 100 + i)
            .append("\":\"")
            .append("x".repeat(60))
            .append('"');
      }
      text.append("}\n");
    }

    assertThatThrownBy(() -> scan(BytesContent.of(text.toString())))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.failure().code()).isEqualTo(StandardErrorCode.TOO_LARGE));
  }

  private static String lines(int bytes, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int row = 0; text.length() < bytes; row++) {
      text.append("{\"id\":").append(row).append(",\"tags\":[");
      text.append(random.nextInt(5) == 0 ? "" : "\"a\",\"b\"").append("],\"at\":");
      text.append(random.nextInt(9) == 0 ? "null" : "\"2024-01-31T10:00:00Z\"");
      if (random.nextInt(200) == 0) {
        text.append(",\"deep\":{\"x\":").append(random.nextInt()).append('}');
      }
      text.append("}\n");
      if (random.nextInt(5_000) == 0) {
        text.append("not json\n");
      }
    }
    return text.toString();
  }

  private static InferredSchema scan(FileContent file) throws IOException {
    return new NdjsonSchemaReader(PARALLEL).read(file, ReadLimits.DEFAULT, TestOperation.start());
  }
}
